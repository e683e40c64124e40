import { toMinor } from '../money/index.js'
import type { OrderStored } from './orders.sql.js'
import type { NewSubscription } from './subscriptions.sql.js'

interface Recurring {
  readonly interval: 'day' | 'week' | 'month' | 'year'
  readonly intervalCount: number
}

interface Item {
  readonly qty: number
  readonly price: {
    readonly type?: string
    readonly amount?: number
    readonly recurring?: Recurring
    readonly trialPeriod?: number
    readonly totalCycles?: number
  }
}

const dayMs = 86_400_000

/** Months later, on the same day of the month, or on its last where it has none (31 January + 1 month = 28 February). */
const addMonths = (from: Date, months: number): Date => {
  const day = from.getUTCDate()
  const first = new Date(from.getTime())
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() + months)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(day, last))
  return first
}

/**
 * When the payment of this number (0 is the first) falls due. It is counted from the beginning, never from the payment before:
 * what began on the 31st comes back to the 31st after every shorter month.
 */
export const dueAt = (startedAt: Date, { interval, intervalCount }: Recurring, number: number): Date => {
  const count = intervalCount * number
  if (interval === 'day') return new Date(startedAt.getTime() + count * dayMs)
  if (interval === 'week') return new Date(startedAt.getTime() + count * 7 * dayMs)
  return addMonths(startedAt, interval === 'month' ? count : count * 12)
}

/** Who takes the later payments. */
export interface Biller {
  readonly provider: string
  /** An app that bills by itself, and tells of it. */
  readonly providerId?: string | null | undefined
}

/** Subscriptions that begin with an order, one for each line that recurs. */
export const firstSubscriptions = (
  order: OrderStored,
  { provider, providerId = null }: Biller,
  now: Date,
  newHexId: () => string,
): NewSubscription[] =>
  (order.items as Item[]).flatMap((item) => {
    const { recurring, amount = 0, trialPeriod = 0, totalCycles } = item.price
    if (item.price.type !== 'recurring' || !recurring) return []
    // The first payment of a trial comes at its end, and is counted from there.
    const startedAt = new Date(now.getTime() + trialPeriod * dayMs)
    const cyclesDone = trialPeriod > 0 ? 0 : 1
    const over = totalCycles !== undefined && cyclesDone >= totalCycles
    return [
      {
        _id: newHexId(),
        contactId: order.contactId,
        contactName: order.contactName,
        contactEmail: order.contactEmail,
        contactSnapshot: JSON.stringify(order.contactSnapshot),
        currency: order.currency,
        digits: order.digits,
        amountMinor: toMinor(amount, order.digits) * item.qty,
        status: over ? 'completed' : trialPeriod > 0 ? 'trialing' : 'active',
        liveMode: order.liveMode,
        entityId: order._id,
        sourceType: order.sourceType,
        sourceSubType: order.sourceSubType,
        sourceId: order.sourceId,
        sourceName: order.sourceName,
        sourceMeta: order.sourceMeta === null ? null : JSON.stringify(order.sourceMeta),
        provider,
        providerId,
        recurring: JSON.stringify(recurring),
        item: JSON.stringify(item),
        coupon: order.coupon === null ? null : JSON.stringify(order.coupon),
        cyclesDone,
        totalCycles: totalCycles ?? null,
        startedAt,
        nextAt: over || providerId ? null : dueAt(startedAt, recurring, cyclesDone),
        canceledAt: null,
        canceledBy: null,
        createdBy: order.createdBy,
        createdAt: now,
        updatedAt: now,
      },
    ]
  })

interface KeptCoupon {
  readonly discountType: string
  readonly discountValue: number
  readonly applyToFuturePayments?: boolean
  readonly applyToFuturePaymentsConfig?: { readonly type?: string; readonly duration?: number }
}

/** Whether the coupon of the first order still counts for a payment that falls due at a time. */
export const couponStillCounts = (coupon: KeptCoupon | null, startedAt: Date, at: Date): boolean => {
  if (!coupon?.applyToFuturePayments) return false
  const { type, duration } = coupon.applyToFuturePaymentsConfig ?? {}
  return type !== 'fixed' || duration === undefined || at < addMonths(startedAt, duration)
}
