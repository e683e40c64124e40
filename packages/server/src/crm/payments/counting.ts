import { badRequest } from '@groundlevel/contract-kit'
import { newHexId } from '../../ids.js'
import { currencyOf, digitsOf, toMajor, toMinor } from '../money/index.js'
import { type CouponStored, couponsOf } from './coupons.sql.js'
import { keptItems } from './order-lines.rules.js'
import { type OrderUnits, orderedOf, type SentItem, stockOf } from './orders.rules.js'
import { type OrderStored, ordersOf } from './orders.sql.js'
import type { Shelf, Till } from './ports.js'
import { type Discount, type Totals, totalsOf } from './totals.rules.js'

/** What an order is counted from. */
export interface Basket {
  readonly contactId: string
  readonly currency: string
  readonly items: readonly SentItem[]
  readonly couponCode?: string | undefined
  readonly shipping: number
  /** Its own id, so that its own use of a coupon does not count against it. */
  readonly orderId: string
}

const wireTaxes = (totals: Totals, digits: number) =>
  totals.taxes.map(({ amountMinor, ...tax }) => ({ ...tax, amount: toMajor(amountMinor, digits) }))

/**
 * The coupon of this code, held: usable now, by this contact, once more.
 *
 * @throws WireError 400 that says why it is not
 */
export const holdCoupon = async ({ db, locationId, now }: Till, code: string, contactId: string, orderId: string) => {
  const coupons = couponsOf(db, locationId, now)
  const coupon = await coupons.lockByCode(code)
  if (!coupon) throw badRequest(`Coupon ${code} not found`)
  if (coupon.status !== 'active') throw badRequest(`Coupon ${coupon.code} is ${coupon.status}.`)
  if (coupon.usageLimit !== null && coupon.usageCount >= coupon.usageLimit)
    throw badRequest(`Coupon ${coupon.code} has been used as often as it may be.`)
  const again = coupon.limitPerCustomer > 0 && (await ordersOf(db, locationId).hasUsed(coupon._id, contactId, orderId))
  if (again) throw badRequest(`This contact has used coupon ${coupon.code} before; it may be used once.`)
  return coupon
}

export const discountIn = (
  { discountType, discountValue }: Pick<CouponStored, 'discountType' | 'discountValue'>,
  digits: number,
): Discount =>
  discountType === 'percentage'
    ? { type: 'percentage', value: discountValue }
    : { type: 'amount', value: toMinor(discountValue, digits) }

const couponColumns = (coupon: CouponStored | undefined) => ({
  coupon: coupon
    ? JSON.stringify({
        _id: coupon._id,
        name: coupon.name,
        code: coupon.code,
        discountType: coupon.discountType,
        discountValue: coupon.discountValue,
        applyToFuturePayments: coupon.applyToFuturePayments,
        applyToFuturePaymentsConfig: coupon.applyToFuturePaymentsConfig,
      })
    : null,
  couponId: coupon?._id ?? null,
  couponCode: coupon?.code ?? null,
})

/** The columns of an order that its basket decides: it has taken the stock and used the coupon when this returns. */
export const countOrder = async (shelf: Shelf, till: Till, basket: Basket) => {
  const { db, locationId, now } = till
  const currency = currencyOf(basket.currency)
  const units: OrderUnits = { locationId, currency, digits: digitsOf(currency), now, newHexId }
  const coupon = basket.couponCode ? await holdCoupon(till, basket.couponCode, basket.contactId, basket.orderId) : undefined
  const bare = basket.items.flatMap(({ priceId, productId }) => (!priceId && productId ? [productId] : []))
  const first = await shelf.firstPrices(db, locationId, [...new Set(bare)])
  const priceIds = basket.items.flatMap(({ priceId, productId }) => priceId ?? first.get(productId ?? '') ?? [])
  const goods = await shelf.holdGoods(db, locationId, [...new Set(priceIds)])
  const ordered = orderedOf(basket.items, goods, first, units)
  const stock = stockOf(ordered)
  const isFor = (productId: string | undefined) =>
    !coupon || coupon.productIds.length === 0 || (productId !== undefined && coupon.productIds.includes(productId))
  const totals = totalsOf(
    ordered.map(({ line, productId }) => ({ ...line, eligible: isFor(productId) })),
    coupon && discountIn(coupon, units.digits),
    toMinor(basket.shipping, units.digits),
  )
  await shelf.moveStock(
    db,
    locationId,
    stock.map(({ priceId, qty }) => ({ priceId, by: -qty })),
  )
  if (coupon) await couponsOf(db, locationId, now).count(coupon._id, 1)
  const recurring = ordered.filter(({ good }) => good?.recurring).length
  const { taxes: _, ...minor } = totals
  return {
    ...minor,
    ...couponColumns(coupon),
    currency,
    digits: units.digits,
    items: JSON.stringify(ordered.map(({ item }) => item)),
    productIds: [...new Set(ordered.flatMap(({ productId }) => productId ?? []))],
    totalProducts: ordered.length,
    onetimeProducts: ordered.length - recurring,
    recurringProducts: recurring,
    stock: JSON.stringify(stock),
    taxSummary: JSON.stringify(wireTaxes(totals, units.digits)),
  }
}

/** Gives back what an order took: the stock, and the use of its coupon. */
export const giveBack = async (
  shelf: Shelf,
  { db, locationId, now }: Till,
  order: { readonly stock: unknown; readonly couponId: string | null },
): Promise<void> => {
  const taken = order.stock as { priceId: string; qty: number }[]
  // First the coupon, then the prices: the order in which whoever places an order locks them.
  if (order.couponId) await couponsOf(db, locationId, now).count(order.couponId, -1)
  await shelf.moveStock(
    db,
    locationId,
    taken.map(({ priceId, qty }) => ({ priceId, by: qty })),
  )
}

/** What an update changes of what an order is made of. */
interface Recount {
  readonly items?: readonly SentItem[] | undefined
  readonly couponCode?: string | null | undefined
  readonly shipping?: number | undefined
}

/** Counts an order anew that nothing was paid or sent of: what it took is given back, and taken as it is now. */
export const recounted = async (
  shelf: Shelf,
  till: Till,
  before: OrderStored,
  { items = keptItems(before), couponCode = before.couponCode, shipping }: Recount,
) => {
  const { _id: orderId, contactId, currency, digits, shippingMinor } = before
  if (couponCode) await couponsOf(till.db, till.locationId, till.now).lockByCode(couponCode)
  const taken = before.stock as { priceId: string }[]
  const priceIds = [...taken, ...items].flatMap(({ priceId }) => priceId ?? [])
  await shelf.lockPrices(till.db, till.locationId, priceIds)
  await giveBack(shelf, till, before)
  return countOrder(shelf, till, {
    contactId,
    currency,
    items,
    couponCode: couponCode ?? undefined,
    shipping: shipping ?? toMajor(shippingMinor, digits),
    orderId,
  })
}
