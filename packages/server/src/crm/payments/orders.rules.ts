import { badRequest, unprocessable } from '@groundlevel/contract-kit'
import { toMajor, toMinor } from '../money/index.js'
import type { Good } from '../products/index.js'
import { countable, type Line, type Tax } from './totals.rules.js'

/** One thing as a request names it. */
export interface SentItem {
  readonly productId?: string
  readonly priceId?: string
  readonly name?: string
  readonly price?: number
  readonly qty: number
  readonly taxes?: readonly (Omit<Tax, '_id' | 'calculation'> & {
    readonly _id?: string
    readonly calculation?: 'exclusive' | 'inclusive'
  })[]
}

/** One thing as an order keeps it, beside what it counts for. */
export interface Ordered {
  readonly item: {
    readonly _id: string
    readonly name: string
    readonly qty: number
    readonly product: Readonly<Record<string, unknown>>
    readonly price: Readonly<Record<string, unknown>>
    readonly taxes?: readonly object[]
  }
  readonly line: Omit<Line, 'eligible'>
  readonly productId: string | undefined
  readonly good: Good | undefined
}

export interface OrderUnits {
  readonly locationId: string
  readonly currency: string
  readonly digits: number
  readonly now: Date
  newHexId(): string
}

const taxesOf = (sent: SentItem['taxes'], newHexId: () => string): Tax[] | undefined =>
  sent?.map((tax) => ({
    _id: tax._id ?? newHexId(),
    name: tax.name,
    rate: tax.rate,
    calculation: tax.calculation ?? 'exclusive',
  }))

const wireTaxes = (taxes: readonly Tax[]) => (taxes.length > 0 ? { taxes } : {})

const fromShelf = (sent: SentItem, good: Good, units: OrderUnits): Ordered => {
  if (good.currency !== units.currency)
    throw badRequest(`The price of ${good.name} is in ${good.currency}, the order in ${units.currency}.`)
  if (sent.productId && sent.productId !== good.productId) throw badRequest('Price not found')
  // After a trial each turn comes to this, which the order itself does not.
  countable(good.amountMinor * sent.qty)
  const taxes = taxesOf(sent.taxes, units.newHexId) ?? good.taxes
  const { _id, qty } = { _id: units.newHexId(), qty: sent.qty }
  return {
    item: { _id, name: sent.name ?? good.name, qty, product: good.product, price: good.price, ...wireTaxes(taxes) },
    // A trial begins with nothing to pay but what setting it up costs.
    line: { unitMinor: good.recurring && good.trialPeriod ? 0 : good.amountMinor, setupMinor: good.setupFeeMinor, qty, taxes },
    productId: good.productId,
    good,
  }
}

const plainProduct = {
  availableInStore: false,
  collectionIds: [],
  isTaxesEnabled: false,
  taxes: [],
  isLabelEnabled: false,
  taxInclusive: false,
}

const plainPrice = {
  variantOptionIds: [],
  trackInventory: false,
  availableQuantity: 0,
  allowOutOfStockPurchases: false,
  isDigitalProduct: false,
}

/** A thing of no catalogue looks like one that is in it, so that whoever reads an order need not care. */
const fromNowhere = (sent: SentItem, at: number, { locationId, currency, digits, now, newHexId }: OrderUnits): Ordered => {
  if (sent.name === undefined || sent.price === undefined)
    throw unprocessable([`items.${at} must have a priceId or a productId, or a name and a price`])
  const minor = toMinor(sent.price, digits)
  const dates = { createdAt: now.toISOString(), updatedAt: now.toISOString() }
  const productId = newHexId()
  const taxes = taxesOf(sent.taxes, newHexId) ?? []
  const own = { locationId, name: sent.name, ...dates }
  const product = { _id: productId, ...own, productType: 'SERVICE', ...plainProduct }
  const price = { _id: newHexId(), product: productId, ...own, type: 'one_time', currency, ...plainPrice }
  return {
    item: {
      _id: newHexId(),
      name: sent.name,
      qty: sent.qty,
      product,
      price: { ...price, amount: toMajor(minor, digits) },
      ...wireTaxes(taxes),
    },
    line: { unitMinor: minor, setupMinor: 0, qty: sent.qty, taxes },
    productId: undefined,
    good: undefined,
  }
}

/** What a request orders, with the prices of the catalogue where it names them. */
export const orderedOf = (
  items: readonly SentItem[],
  goods: ReadonlyMap<string, Good>,
  firstPrice: ReadonlyMap<string, string>,
  units: OrderUnits,
): Ordered[] =>
  items.map((sent, at) => {
    const priceId = sent.priceId ?? (sent.productId ? firstPrice.get(sent.productId) : undefined)
    if (!priceId && sent.productId) throw badRequest('Price not found')
    const good = priceId ? goods.get(priceId) : undefined
    return good ? fromShelf(sent, good, units) : fromNowhere(sent, at, units)
  })

/** What is taken off counted stock, one line a price. */
export const stockOf = (ordered: readonly Ordered[]): { priceId: string; qty: number }[] => {
  const taken = new Map<string, { good: Good; qty: number }>()
  for (const { good, line } of ordered) {
    if (!good?.counted) continue
    taken.set(good.priceId, { good, qty: (taken.get(good.priceId)?.qty ?? 0) + line.qty })
  }
  return [...taken.values()].map(({ good, qty }) => {
    if (qty > good.left && !good.overselling)
      throw badRequest(`Only ${good.left} of ${good.name} are left.`, {
        meta: { priceId: good.priceId, availableQuantity: good.left },
      })
    return { priceId: good.priceId, qty: Math.min(qty, good.left) }
  })
}

const snapshotFields = [
  'locationId',
  'id',
  'address1',
  'city',
  'companyName',
  'country',
  'source',
  'dateAdded',
  'dateOfBirth',
  'dnd',
  'email',
  'name',
  'firstName',
  'lastName',
  'phone',
  'postalCode',
  'state',
  'tags',
  'website',
  'assignedTo',
]

/** A contact as an order remembers it. */
export const snapshotOf = (contact: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(snapshotFields.flatMap((field) => (contact[field] === undefined ? [] : [[field, contact[field]]])))

const textOr = (value: unknown) => (typeof value === 'string' ? value : null)

/** Name and address of a contact, as lists show them. */
export const payerOf = (contact: Readonly<Record<string, unknown>>) => ({
  contactName: textOr(contact.name) ?? textOr([contact.firstName, contact.lastName].filter(Boolean).join(' ') || null),
  contactEmail: textOr(contact.email),
  contactSnapshot: JSON.stringify(snapshotOf(contact)),
})

interface Paid {
  readonly amountMinor: number
  readonly paidMinor: number
  readonly refundedMinor: number
}

/** How far an order is paid. An order of nothing is paid as soon as it is made. */
export const paymentStatusOf = ({ amountMinor, paidMinor, refundedMinor }: Paid): string => {
  if (paidMinor > 0 && refundedMinor >= paidMinor) return 'refunded'
  if (paidMinor >= amountMinor) return 'paid'
  return paidMinor > 0 ? 'partially_paid' : 'unpaid'
}

/** What a payment or a refund makes of the status: settled by people, it stays unless the money says otherwise. */
export const statusAfterMoney = (before: string, paymentStatus: string): string => {
  if (before === 'cancelled') return before
  if (paymentStatus === 'refunded') return 'refunded'
  if (paymentStatus === 'paid') return 'completed'
  return paymentStatus === 'partially_paid' ? 'partially_paid' : before
}

/** Lines of an order that are not sent yet, by price. */
export const unsent = (
  items: readonly { readonly qty: number; readonly price: { readonly _id?: unknown } }[],
  sent: readonly (readonly { readonly qty: number; readonly price: { readonly _id?: unknown } }[])[],
): ReadonlyMap<string, number> => {
  const left = new Map<string, number>()
  const add = (id: unknown, qty: number) => left.set(String(id), (left.get(String(id)) ?? 0) + qty)
  for (const { price, qty } of items) add(price._id, qty)
  for (const { price, qty } of sent.flat()) add(price._id, -qty)
  return left
}
