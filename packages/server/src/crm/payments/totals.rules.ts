import { badRequest } from '@groundlevel/contract-kit'
import { share } from '../money/index.js'

/** A tax as orders count it: per cent, to four places. */
export interface Tax {
  readonly _id: string
  readonly name: string
  readonly rate: number
  readonly calculation: 'exclusive' | 'inclusive'
}

/** One line of an order in whole minor units. */
export interface Line {
  readonly unitMinor: number
  readonly qty: number
  /** Once for each of them, beside the price: what setting up a subscription costs. */
  readonly setupMinor: number
  /** Whether the coupon is for it. */
  readonly eligible: boolean
  readonly taxes: readonly Tax[]
}

export interface Discount {
  readonly type: 'percentage' | 'amount'
  /** Per cent, or minor units. */
  readonly value: number
}

export interface TaxTotal extends Tax {
  readonly amountMinor: number
}

export interface Totals {
  readonly subtotalMinor: number
  readonly discountMinor: number
  /** What comes on top; taxes that prices contain are in `taxes` alone. */
  readonly taxMinor: number
  readonly shippingMinor: number
  readonly amountMinor: number
  readonly taxes: readonly TaxTotal[]
}

/** A thousand million million minor units: far beyond any order, and every step on the way stays exact. */
const mostMinor = 1_000_000_000_000_000

const hundred = 1_000_000n
/** Per cent in units of which a million make a hundred per cent. */
const parts = (rate: number) => BigInt(Math.round(rate * 10_000))

/** @throws WireError 400 where it is too much to be counted exactly */
export const countable = (minor: number): number => {
  if (minor > mostMinor) throw badRequest('The order is worth more than can be counted; split it.')
  return minor
}

const grossOf = ({ unitMinor, setupMinor, qty }: Line) => countable((unitMinor + setupMinor) * qty)

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const discountOf = (base: number, discount: Discount | undefined): number => {
  if (!discount) return 0
  const minor = discount.type === 'percentage' ? share(base, parts(discount.value), hundred) : discount.value
  return Math.min(minor, base)
}

/** Shares an amount among weights in whole units: the largest remainders get what rounding leaves, so the sum is exact. */
export const allocate = (amount: number, weights: readonly number[]): number[] => {
  const total = BigInt(sum(weights))
  if (total === 0n) return weights.map(() => 0)
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight))
  const shares = exact.map((each) => Number(each / total))
  const left = amount - sum(shares)
  const byRemainder = exact.map((each, at) => ({ at, rest: each % total })).sort((a, b) => Number(b.rest - a.rest) || a.at - b.at)
  for (const { at } of byRemainder.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1
  return shares
}

/** Each tax of a line on what is left of it after the discount. */
const taxesOf = (net: number, taxes: readonly Tax[]): TaxTotal[] => {
  const contained = taxes
    .filter(({ calculation }) => calculation === 'inclusive')
    .reduce((all, { rate }) => all + parts(rate), 0n)
  return taxes.map((tax) => ({
    ...tax,
    amountMinor: share(net, parts(tax.rate), tax.calculation === 'inclusive' ? hundred + contained : hundred),
  }))
}

const together = (totals: readonly TaxTotal[]): TaxTotal[] => {
  const byTax = new Map<string, TaxTotal>()
  for (const each of totals) {
    const key = `${each._id} ${each.calculation}`
    byTax.set(key, { ...each, amountMinor: (byTax.get(key)?.amountMinor ?? 0) + each.amountMinor })
  }
  return [...byTax.values()]
}

/**
 * What an order comes to. The coupon is shared among the lines it is for, taxes are on what is left of each line, halves round
 * up; subtotal − discount + tax + shipping is the amount, to the last minor unit.
 *
 * @throws WireError 400 where a sum would be too large to be counted exactly
 */
export const totalsOf = (lines: readonly Line[], discount: Discount | undefined, shippingMinor: number): Totals => {
  const gross = lines.map(grossOf)
  const subtotalMinor = sum(gross)
  countable(subtotalMinor + shippingMinor)
  const eligible = lines.map((line, at) => (line.eligible ? (gross[at] ?? 0) : 0))
  const discountMinor = discountOf(sum(eligible), discount)
  const off = allocate(discountMinor, eligible)
  const taxes = together(lines.flatMap((line, at) => taxesOf((gross[at] ?? 0) - (off[at] ?? 0), line.taxes)))
  const taxMinor = sum(taxes.filter(({ calculation }) => calculation === 'exclusive').map(({ amountMinor }) => amountMinor))
  const amountMinor = subtotalMinor - discountMinor + taxMinor + shippingMinor
  return { subtotalMinor, discountMinor, taxMinor, shippingMinor, amountMinor, taxes }
}
