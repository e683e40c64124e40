import { badRequest, found, type Json } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { type Context, implement } from '../../http/implement.js'
import { newHexId, newUuid } from '../../ids.js'
import { foundContact } from '../contacts/index.js'
import { dayRange } from '../money/index.js'
import { type Basket, countOrder, giveBack, recounted } from './counting.js'
import { addCustomer } from './customers.sql.js'
import { type SentSource, sourceColumns } from './order-lines.rules.js'
import { payerOf, paymentStatusOf } from './orders.rules.js'
import { type OrderStored, orderNotesOf, ordersOf } from './orders.sql.js'
import { beginRecurring } from './paying.js'
import type { PaymentPorts, Shelf, Till } from './ports.js'

export const thing = 'Order'

/** A page of the usual size where a client asks for none. */
export const usualLimit = 10

const idsIn = (list: string | undefined) =>
  list
    ?.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')

type Emit = (type: never, order: Json<object>) => Promise<void>

export const tillOf = (context: Pick<Context, 'db' | 'locationId' | 'now'> & { emit: Emit }): Till => ({
  db: context.db,
  locationId: context.locationId,
  now: context.now,
  emit: context.emit as Till['emit'],
})

/** What a new order is, beside its basket. */
interface NewOrderInput {
  readonly contact: Readonly<Record<string, unknown>>
  readonly source: SentSource | undefined
  /** Who asked for it: where it came from, unless that is said. */
  readonly sourceId: string
  readonly liveMode: boolean
  readonly meta: Record<string, unknown> | undefined
  readonly createdBy: string | null
}

/** Places an order: it has taken the stock and used the coupon when this returns. */
export const placeOrder = async (shelf: Shelf, till: Till, basket: Basket, input: NewOrderInput) => {
  const { db, locationId, now } = till
  const orders = ordersOf(db, locationId)
  const counted = await countOrder(shelf, till, basket)
  const paymentStatus = paymentStatusOf({ ...counted, paidMinor: 0, refundedMinor: 0 })
  const order = await orders.add({
    ...counted,
    ...payerOf(input.contact),
    ...sourceColumns(input.source, input.sourceId),
    _id: basket.orderId,
    contactId: basket.contactId,
    paidMinor: 0,
    refundedMinor: 0,
    status: paymentStatus === 'paid' ? 'completed' : 'pending',
    paymentStatus,
    fulfillmentStatus: 'unfulfilled',
    liveMode: input.liveMode,
    trackingId: newUuid(),
    meta: input.meta ? JSON.stringify(input.meta) : null,
    createdBy: input.createdBy,
    createdAt: now,
    updatedAt: now,
  })
  const placed = found(order, thing)
  await till.emit('OrderCreate', placed)
  // Nothing is due: a trial, or a coupon of everything.
  const free = paymentStatus === 'paid' ? await orders.lock(basket.orderId) : undefined
  if (free) await beginRecurring(till, free, { provider: 'manual' })
  return placed
}

const isFixed = ({ paidMinor, fulfillmentStatus, status }: OrderStored) =>
  paidMinor > 0 || fulfillmentStatus !== 'unfulfilled' || status === 'cancelled'

/** What an update may not do. @throws WireError 400 that says why */
const demandChangeable = (before: OrderStored, recount: boolean, status: string | undefined) => {
  if (recount && isFixed(before))
    throw badRequest('What an order is made of cannot change once something of it is paid, sent or cancelled.')
  if (before.status === 'cancelled' && status !== undefined && status !== 'cancelled')
    throw badRequest('A cancelled order stays cancelled: its stock and its coupon are given back.')
}

export const orderHandlers = ({ shelf, buyers }: PaymentPorts) =>
  implement(contract.order, ({ db, locationId }) => ({ orders: ordersOf(db, locationId) }), {
    list: ({ query }, { orders, principal: { onlyAssignedTo } }) => {
      const { startAt, endAt, funnelProductIds, limit, offset } = query
      const range = dayRange(['startAt', startAt], ['endAt', endAt])
      return orders.list({ ...query, ...range, onlyAssignedTo, productIds: idsIn(funnelProductIds) }, limit || usualLimit, offset)
    },

    create: async ({ body }, context) => {
      const { db, locationId, now, userId, principal, emit } = context
      const { contactId, currency, items, couponCode, shipping = 0, source, liveMode, meta, notes } = body
      await buyers.hold(db, locationId, [contactId])
      const contact = foundContact(await buyers.acts.find({ db, locationId }, contactId), contactId)
      const orderId = newHexId()
      const sourceId = principal.clientId ?? principal.tokenId
      const basket = { contactId, currency, items, couponCode, shipping, orderId }
      const input = { contact, source, sourceId, liveMode, meta, createdBy: userId }
      const order = await placeOrder(shelf, tillOf(context), basket, input)
      if (notes) await orderNotesOf(db, locationId, orderId).add({ _id: newHexId(), body: notes, userId, createdAt: now })
      await addCustomer(db, locationId, contactId, now)
      const customer = await buyers.setType(db, locationId, contactId, 'customer', authorOf(principal, now))
      if (customer) await emit('ContactUpdate', customer)
      return order
    },

    get: async ({ orderId }, { orders }) => found(await orders.find(orderId), thing),

    update: async ({ orderId, body: { items, couponCode, shipping, status, meta } }, context) => {
      const { orders, now, emit } = context
      const before = found(await orders.lock(orderId), thing)
      const recount = items !== undefined || couponCode !== undefined || shipping !== undefined
      demandChangeable(before, recount, status)
      const till = tillOf(context)
      const counted = recount ? await recounted(shelf, till, before, { items, couponCode, shipping }) : undefined
      if (status === 'cancelled' && before.status !== 'cancelled' && before.fulfillmentStatus === 'unfulfilled')
        await giveBack(shelf, till, counted ? { ...counted, stock: JSON.parse(counted.stock) } : before)
      const change = {
        ...counted,
        ...(counted ? { paymentStatus: paymentStatusOf({ ...before, ...counted }) } : {}),
        ...(status ? { status } : {}),
        ...(status === 'cancelled' ? { stock: '[]' } : {}),
        ...(meta ? { meta: JSON.stringify(meta) } : {}),
        updatedAt: now,
      }
      const order = found(await orders.change(orderId, change), thing)
      if (status && status !== before.status) await emit('OrderStatusUpdate', order)
      return order
    },

    remove: async ({ orderId }, context) => {
      const { orders } = context
      const before = found(await orders.lock(orderId), thing)
      if (before.status !== 'cancelled' && before.fulfillmentStatus === 'unfulfilled')
        await giveBack(shelf, tillOf(context), before)
      await orders.remove(orderId)
      return { success: true }
    },
  })
