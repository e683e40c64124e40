import { newHexId, newUuid } from '../../ids.js'
import { toMajor } from '../money/index.js'
import { discountIn } from './counting.js'
import { paymentStatusOf } from './orders.rules.js'
import { orderNotesOf, ordersOf } from './orders.sql.js'
import { type Payment, pay } from './paying.js'
import type { Till } from './ports.js'
import { couponStillCounts, dueAt } from './subscriptions.rules.js'
import { type DueSubscription, subscriptionsOf } from './subscriptions.sql.js'
import { totalsOf } from './totals.rules.js'

type Recurring = Parameters<typeof dueAt>[1]
type KeptCoupon = Parameters<typeof couponStillCounts>[0] & { readonly discountType: string; readonly discountValue: number }

const countRenewal = (due: DueSubscription, at: Date) => {
  const coupon = due.coupon as KeptCoupon | null
  const discount = coupon && couponStillCounts(coupon, due.startedAt, at) ? discountIn(coupon, due.digits) : undefined
  const { taxes = [] } = due.item as {
    taxes?: { _id: string; name: string; rate: number; calculation: 'exclusive' | 'inclusive' }[]
  }
  return totalsOf([{ unitMinor: due.amountMinor, qty: 1, setupMinor: 0, eligible: true, taxes }], discount, 0)
}

/** The order of one turn: what recurs, and nothing that was paid once. */
const renewalOrder = (due: DueSubscription, now: Date) => {
  const { taxes, ...totals } = countRenewal(due, due.nextAt ?? now)
  const item = due.item as { product?: { _id?: string } }
  const taxSummary = taxes.map(({ amountMinor, ...tax }) => ({ ...tax, amount: toMajor(amountMinor, due.digits) }))
  return {
    ...totals,
    _id: newHexId(),
    contactId: due.contactId,
    contactName: due.contactName,
    contactEmail: due.contactEmail,
    contactSnapshot: JSON.stringify(due.contactSnapshot),
    currency: due.currency,
    digits: due.digits,
    paidMinor: 0,
    refundedMinor: 0,
    status: totals.amountMinor === 0 ? 'completed' : 'pending',
    paymentStatus: paymentStatusOf({ ...totals, paidMinor: 0, refundedMinor: 0 }),
    fulfillmentStatus: 'unfulfilled',
    liveMode: due.liveMode,
    items: JSON.stringify([due.item]),
    productIds: item.product?._id ? [item.product._id] : [],
    totalProducts: 1,
    onetimeProducts: 0,
    recurringProducts: 1,
    stock: '[]',
    taxSummary: JSON.stringify(taxSummary),
    sourceType: due.sourceType,
    sourceSubType: 'subscription_view',
    sourceId: due._id,
    sourceName: due.sourceName,
    sourceMeta: JSON.stringify({ subscriptionId: due._id, firstOrderId: due.entityId }),
    coupon: null,
    couponId: null,
    couponCode: null,
    trackingId: newUuid(),
    meta: null,
    createdBy: due.createdBy,
    createdAt: now,
    updatedAt: now,
  }
}

/** Money came in for what is canceled: it is written down, and whoever looks at the order is told. */
const sayLate = ({ db, locationId, now }: Till, orderId: string): Promise<unknown> => {
  const body = 'This was charged after the subscription was canceled: give it back.'
  return orderNotesOf(db, locationId, orderId).add({ _id: newHexId(), body, userId: null, createdAt: now })
}

/**
 * One turn of one subscription, whose row the caller's transaction holds: its order, its payment where one is given, and when
 * it is due again. What an app bills falls due when the app says so.
 */
export const comeRound = async (till: Till, due: DueSubscription, payment: Payment | undefined): Promise<unknown> => {
  const { db, locationId, now } = till
  const orders = ordersOf(db, locationId)
  const row = renewalOrder(due, now)
  const order = await orders.add(row)
  if (order) await till.emit('OrderCreate', order)
  const stored = await orders.lock(row._id)
  if (stored && payment && row.amountMinor > 0) await pay(till, stored, row.amountMinor, payment)
  if (due.status === 'canceled') return sayLate(till, row._id)
  const cyclesDone = due.cyclesDone + 1
  const over = due.totalCycles !== null && cyclesDone >= due.totalCycles
  const nextAt = over || due.providerId ? null : dueAt(due.startedAt, due.recurring as Recurring, cyclesDone)
  return subscriptionsOf(db, locationId).change(due._id, {
    cyclesDone,
    status: over ? 'completed' : 'active',
    nextAt,
    updatedAt: now,
  })
}
