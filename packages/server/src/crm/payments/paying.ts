import { badRequest } from '@groundlevel/contract-kit'
import { newHexId } from '../../ids.js'
import { toMajor, toMinor } from '../money/index.js'
import { paymentStatusOf, statusAfterMoney } from './orders.rules.js'
import { type OrderStored, orderNotesOf, ordersOf } from './orders.sql.js'
import type { Till } from './ports.js'
import { type Biller, firstSubscriptions } from './subscriptions.rules.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { transactionsOf } from './transactions.sql.js'

/** How something is paid. */
export interface Payment {
  readonly provider: string
  /** An app that takes the money. */
  readonly providerId?: string | undefined
  readonly mode: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly chargeId?: string | undefined
  readonly chargeSnapshot?: Readonly<Record<string, unknown>> | undefined
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  readonly createdBy?: string | null
  readonly subscriptionId?: string | undefined
  /** False: the provider said no; the attempt is kept, the order stays as it is. Absent: it is not known yet. */
  readonly succeeded?: boolean
}

const source = ({ sourceType, sourceSubType, sourceId, sourceName, sourceMeta }: OrderStored) => ({
  sourceType,
  sourceSubType,
  sourceId,
  sourceName,
  sourceMeta: sourceMeta === null ? null : JSON.stringify(sourceMeta),
})

const statusOf = ({ succeeded }: Payment) => (succeeded === undefined ? 'pending' : succeeded ? 'succeeded' : 'failed')

/** Writes a payment down, as far as it has come. @returns the id of the transaction */
export const keep = async ({ db, locationId, now }: Till, order: OrderStored, amountMinor: number, payment: Payment) => {
  const _id = newHexId()
  await transactionsOf(db, locationId).add({
    _id,
    contactId: order.contactId,
    mergedFromContactId: null,
    contactName: order.contactName,
    contactEmail: order.contactEmail,
    contactSnapshot: JSON.stringify(order.contactSnapshot),
    currency: order.currency,
    digits: order.digits,
    amountMinor,
    refundedMinor: 0,
    status: statusOf(payment),
    liveMode: order.liveMode,
    entityType: 'order',
    entityId: order._id,
    ...source(order),
    subscriptionId: payment.subscriptionId ?? null,
    chargeId: payment.chargeId ?? null,
    chargeSnapshot: payment.chargeSnapshot ? JSON.stringify(payment.chargeSnapshot) : null,
    provider: payment.provider,
    providerId: payment.providerId ?? null,
    paymentMethod: JSON.stringify({ mode: payment.mode, ...payment.details }),
    meta: payment.meta ? JSON.stringify(payment.meta) : null,
    receiptId: payment.succeeded ? newHexId() : null,
    createdBy: payment.createdBy ?? null,
    fulfilledAt: now,
    createdAt: now,
    updatedAt: now,
  })
  return _id
}

/** What is still due. */
export const dueOf = ({ amountMinor, paidMinor }: Pick<OrderStored, 'amountMinor' | 'paidMinor'>) => amountMinor - paidMinor

/** Whole minor units that a request wants to pay. @throws WireError 400 where that cannot be */
export const askedAmount = (order: OrderStored, amount: number | undefined, partial: boolean | undefined): number => {
  const due = dueOf(order)
  if (order.status === 'cancelled') throw badRequest('The order is cancelled.')
  if (due === 0) throw badRequest('The order is paid already.')
  if (amount === undefined) return due
  const minor = toMinor(amount, order.digits)
  const words = `${toMajor(due, order.digits)} ${order.currency}`
  if (minor === 0) throw badRequest('amount must be more than nothing')
  if (minor > due) throw badRequest(`Only ${words} are due.`)
  if (minor < due && partial === false) throw badRequest(`${words} are due; send isPartialPayment to pay a part of it.`)
  return minor
}

/** The subscription that an order is a turn of. */
export const renewedBy = async ({ db, locationId }: Till, order: OrderStored): Promise<string | undefined> => {
  if (order.recurringProducts === 0) return undefined
  return (await subscriptionsOf(db, locationId).exists(order.sourceId)) ? order.sourceId : undefined
}

/** What recurs in an order that is paid begins. @param firstId of the first of them, where it was told before */
export const beginRecurring = async (till: Till, order: OrderStored, biller: Biller, firstId?: string | null): Promise<void> => {
  const { db, locationId, now } = till
  if (order.recurringProducts === 0 || order.status === 'cancelled' || (await renewedBy(till, order))) return
  const rows = firstSubscriptions(order, biller, now, newHexId)
  await subscriptionsOf(db, locationId).addAll(rows.map((row, at) => (at === 0 && firstId ? { ...row, _id: firstId } : row)))
}

/**
 * Counts a payment that has come in towards its order, whose row the caller's transaction holds. What recurs in it begins when
 * the order is paid as a whole. More than is due stays with the transaction alone, and a note says so.
 */
export const countPayment = async (
  till: Till,
  order: OrderStored,
  amountMinor: number,
  paid: Biller & { readonly subscriptionId?: string | null | undefined; readonly transactionId: string },
): Promise<void> => {
  const { db, locationId, now } = till
  const counted = Math.min(amountMinor, dueOf(order))
  if (counted < amountMinor) {
    const surplus = `${toMajor(amountMinor - counted, order.digits)} ${order.currency}`
    const body = `${surplus} more came in than was due, by transaction ${paid.transactionId}: give it back.`
    await orderNotesOf(db, locationId, order._id).add({ _id: newHexId(), body, userId: null, createdAt: now })
  }
  const money = { ...order, paidMinor: order.paidMinor + counted }
  const paymentStatus = paymentStatusOf(money)
  const status = statusAfterMoney(order.status, paymentStatus)
  const change = { paidMinor: money.paidMinor, paymentStatus, status, updatedAt: now }
  const changed = await ordersOf(db, locationId).change(order._id, change)
  if (changed && status !== order.status) await till.emit('OrderStatusUpdate', changed)
  if (paymentStatus === 'paid' && counted > 0) await beginRecurring(till, order, paid, paid.subscriptionId)
}

/**
 * Pays a part of an order, or all of it, in the caller's transaction, which holds the order's row.
 *
 * @returns the id of the transaction
 */
export const pay = async (till: Till, order: OrderStored, amountMinor: number, payment: Payment): Promise<string> => {
  const renewed = await renewedBy(till, order)
  const transactionId = await keep(till, order, amountMinor, { ...payment, ...(renewed ? { subscriptionId: renewed } : {}) })
  if (payment.succeeded) await countPayment(till, order, amountMinor, { ...payment, transactionId })
  return transactionId
}
