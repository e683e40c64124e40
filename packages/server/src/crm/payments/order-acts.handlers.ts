import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { fulfillmentsOf } from './fulfillments.sql.js'
import { fulfillmentStatusOf, linesToSend, trackingText } from './order-lines.rules.js'
import { thing, tillOf } from './orders.handlers.js'
import { orderNotesOf, ordersOf } from './orders.sql.js'
import { payPath } from './pay-key.js'
import { askedAmount, pay } from './paying.js'
import type { PaymentPorts } from './ports.js'
import { chargersOf } from './providers.sql.js'

const boundTo = ({ db, locationId }: { db: Db; locationId: string }, { orderId = '' }: Record<string, string>) => ({
  orders: ordersOf(db, locationId),
  notes: orderNotesOf(db, locationId, orderId),
  fulfillments: fulfillmentsOf(db, locationId, orderId),
})

/** Payments of an order: recorded by people, or charged by the test provider. */
export const orderPaymentHandlers = ({ testProvider, desk, secret }: PaymentPorts) =>
  implement(contract.orderPayment, boundTo, {
    record: async ({ orderId, body }, context) => {
      const { orders, notes, now, userId } = context
      const order = found(await orders.lock(orderId), thing)
      const { mode, card, cheque, amount, meta, isPartialPayment } = body
      const minor = askedAmount(order, amount, isPartialPayment)
      const details = { ...(card ? { card: { brand: card.type, last4: card.last4 } } : {}), ...(cheque ? { cheque } : {}) }
      await pay(tillOf(context), order, minor, { provider: 'manual', mode, details, meta, createdBy: userId, succeeded: true })
      if (body.notes) await notes.add({ _id: newHexId(), body: body.notes, userId, createdAt: now })
      return { success: true }
    },

    charge: async ({ orderId, body: { outcome } }, context) => {
      const { orders, userId } = context
      if (!testProvider) throw badRequest('The test provider is there on a local start only.')
      const order = found(await orders.lock(orderId), thing)
      const succeeded = outcome === 'succeeds'
      const details = { card: { brand: 'visa', last4: succeeded ? '4242' : '0002' } }
      const transactionId = await pay(tillOf(context), order, askedAmount(order, undefined, false), {
        provider: 'test',
        mode: 'card',
        details,
        chargeId: `test_${newHexId()}`,
        createdBy: userId,
        succeeded,
      })
      return { success: succeeded, transactionId, status: succeeded ? 'succeeded' : 'failed' }
    },

    link: async ({ orderId }, { orders, db, locationId }) => {
      const order = found(await orders.find(orderId), thing)
      const charger = await chargersOf(db, locationId).usual(order.value.liveMode)
      const url = `${desk.publicUrl()}${payPath(secret, locationId, orderId)}`
      return { url, ...(charger ? { provider: { _id: charger._id, name: charger.name } } : {}) }
    },
  })

export const fulfillmentHandlers = ({ notify }: PaymentPorts) =>
  implement(contract.fulfillment, boundTo, {
    list: async ({ orderId }, { orders, fulfillments }) => {
      if (!(await orders.exists(orderId))) throw missing(thing)
      return { status: true, data: await fulfillments.list() }
    },

    create: async ({ orderId, body: { trackings, items, notifyCustomer } }, context) => {
      const { orders, fulfillments, db, locationId, companyId, now, emit } = context
      const before = found(await orders.lock(orderId), thing)
      if (before.status === 'cancelled') throw badRequest('The order is cancelled.')
      const sent = await fulfillments.items()
      const lines = linesToSend(before, items, sent)
      const row = { _id: newHexId(), trackings: JSON.stringify(trackings), items: JSON.stringify(lines) }
      const fulfillment = found(await fulfillments.add(row, now), 'Fulfillment')
      const fulfillmentStatus = fulfillmentStatusOf(before, [...sent, lines])
      const order = found(await orders.change(orderId, { fulfillmentStatus, updatedAt: now }), thing)
      if (fulfillmentStatus !== before.fulfillmentStatus) await emit('OrderStatusUpdate', order)
      const text = `Your order ${orderId} is on its way.\n${trackingText(trackings)}`.trim()
      const notice = { locationId, companyId, contactId: before.contactId, subject: 'Your order is on its way', text }
      if (notifyCustomer && notify) await notify(db, notice, now)
      return { status: true, data: fulfillment }
    },
  })

export const orderNoteHandlers = () =>
  implement(contract.orderNote, boundTo, {
    list: async ({ orderId }, { orders, notes }) => {
      if (!(await orders.exists(orderId))) throw missing(thing)
      const data = await notes.list()
      return { data, totalCount: data.value.length }
    },

    create: async ({ orderId, body: { body } }, { orders, notes, userId, now }) => {
      if (!(await orders.exists(orderId))) throw missing(thing)
      return found(await notes.add({ _id: newHexId(), body, userId, createdAt: now }), 'Note')
    },
  })
