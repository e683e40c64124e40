import { expect, test } from 'vitest'
import { couponStillCounts, dueAt } from './subscriptions.rules.js'

const day = (date: Date) => date.toISOString().slice(0, 10)

test('what began on the 31st falls due on the last day of shorter months and comes back to the 31st', () => {
  const start = new Date('2026-01-31T10:00:00.000Z')
  const dates = [1, 2, 3, 12, 25].map((number) => day(dueAt(start, { interval: 'month', intervalCount: 1 }, number)))
  expect(dates).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2027-01-31', '2028-02-29'])
})

test.each([
  ['day', 10, '2026-01-11'],
  ['week', 2, '2026-01-15'],
  ['year', 1, '2027-01-01'],
] as const)('every %s × %s', (interval, intervalCount, due) => {
  expect(day(dueAt(new Date('2026-01-01T00:00:00.000Z'), { interval, intervalCount }, 1))).toBe(due)
})

test('a coupon counts for later payments as long as it says', () => {
  const start = new Date('2026-01-01T00:00:00.000Z')
  const at = new Date('2026-03-15T00:00:00.000Z')
  const coupon = { discountType: 'percentage', discountValue: 10 }
  const fixed = (duration: number) => ({
    ...coupon,
    applyToFuturePayments: true,
    applyToFuturePaymentsConfig: { type: 'fixed', duration },
  })
  expect(couponStillCounts({ ...coupon, applyToFuturePayments: true }, start, at)).toBe(true)
  expect([couponStillCounts(fixed(2), start, at), couponStillCounts(fixed(3), start, at)]).toEqual([false, true])
  expect([couponStillCounts(coupon, start, at), couponStillCounts(null, start, at)]).toEqual([false, false])
})
