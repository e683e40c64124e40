import type { Json } from '@groundlevel/contract-kit'
import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { newHexId, newUuid } from '../../ids.js'
import { toMajor } from '../money/index.js'
import { discountIn } from './counting.js'
import { paymentStatusOf } from './orders.rules.js'
import { ordersOf } from './orders.sql.js'
import { pay } from './paying.js'
import type { Till } from './ports.js'
import { couponStillCounts, dueAt } from './subscriptions.rules.js'
import { type DueSubscription, dueSubscription, subscriptionsOf } from './subscriptions.sql.js'
import { totalsOf } from './totals.rules.js'

/** What renewing asks of others. */
export interface RenewalParts {
  readonly db: Db
  location(id: string): Promise<{ readonly companyId: string } | undefined>
  /** Writes an event in the transaction that it is given. */
  addEvents(
    db: Db,
    event: {
      readonly type: string
      readonly companyId: string
      readonly locationId: string
      readonly traceId: null
      readonly now: Date
    },
    payloadTexts: readonly string[],
  ): Promise<unknown>
  /** Called once events have committed. */
  wake(): void
  /** A line for whoever runs the server. */
  say(line: string): void
}

const turnsARun = 1000
const anotherTryMs = 3_600_000

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

/** One turn of one subscription: its order, its payment where a provider takes it by itself, and when it is due again. */
const renew = async (till: Till, due: DueSubscription): Promise<void> => {
  const { db, locationId, now } = till
  const orders = ordersOf(db, locationId)
  const row = renewalOrder(due, now)
  const order = await orders.add(row)
  if (order) await till.emit('OrderCreate', order)
  const stored = await orders.lock(row._id)
  if (stored && due.provider === 'test' && row.amountMinor > 0)
    await pay(till, stored, row.amountMinor, {
      provider: due.provider,
      mode: 'card',
      chargeId: `test_${newHexId()}`,
      subscriptionId: due._id,
      succeeded: true,
    })
  const cyclesDone = due.cyclesDone + 1
  const over = due.totalCycles !== null && cyclesDone >= due.totalCycles
  await subscriptionsOf(db, locationId).change(due._id, {
    cyclesDone,
    status: over ? 'completed' : 'active',
    nextAt: over ? null : dueAt(due.startedAt, due.recurring as Recurring, cyclesDone),
    updatedAt: now,
  })
}

/** Lets one that is due come round once. @returns whether there was one */
const turn = async ({ db: pool, location, addEvents, say }: RenewalParts, now: Date): Promise<boolean> => {
  let due: DueSubscription | undefined
  try {
    return await pool.transaction().execute(async (db) => {
      due = await dueSubscription(db, now)
      if (!due) return false
      const { locationId } = due
      const place = await location(locationId)
      const emit = async (type: string, order: Json<object>) => {
        if (place) await addEvents(db, { type, companyId: place.companyId, locationId, traceId: null, now }, [order.text])
      }
      await renew({ db, locationId, now, emit }, due)
      return true
    })
  } catch (error) {
    if (!due) throw error
    // One that fails is no reason that nobody else's comes round.
    say(`Subscription ${due._id} did not come round and is tried again in an hour: ${(error as Error).message}`)
    await subscriptionsOf(pool, due.locationId).postpone(due, new Date(now.getTime() + anotherTryMs))
    return true
  }
}

/**
 * Subscriptions whose time has come. A turn is a row's lock, its order and its next date in one transaction: two nodes never
 * charge it twice, and one that was killed has done all of it or nothing. Turns that were missed are made up for one by one.
 */
export const renewalJob = (parts: RenewalParts): Job => ({
  name: 'subscriptions',
  everyMs: 2000,
  run: async (now) => {
    let turns = 0
    while (turns < turnsARun && (await turn(parts, now))) turns += 1
    if (turns > 0) parts.wake()
  },
})
