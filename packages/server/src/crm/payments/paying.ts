import { badRequest } from '@groundlevel/contract-kit'
import { newHexId } from '../../ids.js'
import { toMajor, toMinor } from '../money/index.js'
import { paymentStatusOf, statusAfterMoney } from './orders.rules.js'
import { type OrderStored, ordersOf } from './orders.sql.js'
import type { Till } from './ports.js'
import { firstSubscriptions } from './subscriptions.rules.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { transactionsOf } from './transactions.sql.js'

/** How something is paid. */
export interface Payment {
  readonly provider: string
  readonly mode: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly chargeId?: string | undefined
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  readonly createdBy?: string | null
  readonly subscriptionId?: string | undefined
  /** False: the provider said no; the attempt is kept, the order stays as it is. */
  readonly succeeded: boolean
}

const source = ({ sourceType, sourceSubType, sourceId, sourceName, sourceMeta }: OrderStored) => ({
  sourceType,
  sourceSubType,
  sourceId,
  sourceName,
  sourceMeta: sourceMeta === null ? null : JSON.stringify(sourceMeta),
})

const keep = async ({ db, locationId, now }: Till, order: OrderStored, amountMinor: number, payment: Payment) => {
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
    status: payment.succeeded ? 'succeeded' : 'failed',
    liveMode: order.liveMode,
    entityType: 'order',
    entityId: order._id,
    ...source(order),
    subscriptionId: payment.subscriptionId ?? null,
    chargeId: payment.chargeId ?? null,
    chargeSnapshot: null,
    provider: payment.provider,
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

/** What recurs in an order that is paid begins. @param provider takes the later payments; `manual` is nobody */
export const beginRecurring = async ({ db, locationId, now }: Till, order: OrderStored, provider: string): Promise<void> => {
  await subscriptionsOf(db, locationId).addAll(firstSubscriptions(order, provider, now, newHexId))
}

/**
 * Pays a part of an order, or all of it, in the caller's transaction, which holds the order's row. What recurs in it begins
 * when the order is paid as a whole.
 *
 * @returns the id of the transaction
 */
export const pay = async (till: Till, order: OrderStored, amountMinor: number, payment: Payment): Promise<string> => {
  const { db, locationId, now } = till
  const transactionId = await keep(till, order, amountMinor, payment)
  if (!payment.succeeded) return transactionId
  const money = { ...order, paidMinor: order.paidMinor + amountMinor }
  const paymentStatus = paymentStatusOf(money)
  const status = statusAfterMoney(order.status, paymentStatus)
  const change = { paidMinor: money.paidMinor, paymentStatus, status, updatedAt: now }
  const changed = await ordersOf(db, locationId).change(order._id, change)
  if (changed && status !== order.status) await till.emit('OrderStatusUpdate', changed)
  if (paymentStatus === 'paid' && payment.subscriptionId === undefined) await beginRecurring(till, order, payment.provider)
  return transactionId
}
