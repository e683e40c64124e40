import type { Db } from '../../database/wire.js'
import { newHexId } from '../../ids.js'
import { addCustomer } from './customers.sql.js'
import { placeOrder } from './orders.handlers.js'
import { ordersOf } from './orders.sql.js'
import { askedAmount, pay } from './paying.js'
import type { Shelf } from './ports.js'

/** An order of the demo world: nobody is told of it. */
export interface SeedOrder {
  readonly contact: Readonly<Record<string, unknown>> & { readonly id: string }
  readonly items: readonly { readonly priceId: string; readonly qty: number }[]
  readonly paid: boolean
  readonly at: Date
}

export const seedOrders = async (db: Db, shelf: Shelf, locationId: string, rows: readonly SeedOrder[]): Promise<void> => {
  for (const { contact, items, paid, at } of rows) {
    const till = { db, locationId, now: at, emit: async () => {} }
    const orderId = newHexId()
    const basket = { contactId: contact.id, currency: 'USD', items, shipping: 0, orderId }
    const source = { type: 'manual', subType: 'contact_view' }
    const about = { contact, source, sourceId: locationId, liveMode: false, meta: undefined, createdBy: null }
    await placeOrder(shelf, till, basket, about)
    await addCustomer(db, locationId, contact.id, at)
    const order = paid ? await ordersOf(db, locationId).lock(orderId) : undefined
    if (order) await pay(till, order, askedAmount(order, undefined, false), { provider: 'manual', mode: 'cash', succeeded: true })
  }
}
