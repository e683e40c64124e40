import { unprocessable } from '@groundlevel/contract-kit'
import { currencyOf, digitsOf, toMajor, toMinor } from '../money/index.js'
import type { PriceFields } from './prices.sql.js'
import type { ProductFields } from './products.sql.js'

/** Lower case, words joined by hyphens; letters and digits of any language stay. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 150) || 'product'

/** The slug itself where it is free, else with the lowest number that is. */
export const freeSlug = (slug: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}

const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))
const unique = (values: readonly string[] | undefined) => [...new Set(values ?? [])]

const named = (name: string) => {
  if (name.trim() === '') throw unprocessable(['name should not be empty'])
  return name.trim()
}

interface SentProduct {
  readonly name: string
  readonly productType: string
  readonly [field: string]: unknown
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** A whole product of what was sent: what was left out is empty. */
export const toProduct = (sent: SentProduct, slug: string): ProductFields => ({
  name: named(sent.name),
  description: text(sent.description),
  productType: sent.productType,
  image: text(sent.image),
  statementDescriptor: text(sent.statementDescriptor),
  availableInStore: sent.availableInStore === true,
  medias: json(sent.medias),
  variants: json(sent.variants),
  collectionIds: unique(sent.collectionIds as string[] | undefined),
  isTaxesEnabled: sent.isTaxesEnabled === true,
  taxes: unique(sent.taxes as string[] | undefined),
  automaticTaxCategoryId: text(sent.automaticTaxCategoryId),
  isLabelEnabled: sent.isLabelEnabled === true,
  label: json(sent.label),
  slug,
  seo: json(sent.seo),
  taxInclusive: sent.taxInclusive === true,
})

const taxId = (tax: unknown): string => {
  const id = typeof tax === 'object' && tax !== null ? (tax as { _id?: unknown })._id : tax
  if (typeof id !== 'string') throw unprocessable(['each value in taxes must be an id, or an object that has one as _id'])
  return id
}

const lists = ['medias', 'variants', 'label', 'seo'] as const
const plain = [
  'availableInStore',
  'isLabelEnabled',
  'isTaxesEnabled',
  'taxInclusive',
  'description',
  'image',
  'automaticTaxCategoryId',
] as const

/** Only what was sent, for a bulk edit; the slug is the handler's. */
export const toProductEdit = (sent: { readonly [field: string]: unknown }): Partial<ProductFields> => ({
  ...(typeof sent.name === 'string' ? { name: named(sent.name) } : {}),
  ...Object.fromEntries(plain.flatMap((field) => (sent[field] === undefined ? [] : [[field, sent[field]]]))),
  ...Object.fromEntries(lists.flatMap((field) => (sent[field] === undefined ? [] : [[field, json(sent[field])]]))),
  ...(Array.isArray(sent.collectionIds) ? { collectionIds: unique(sent.collectionIds as string[]) } : {}),
  ...(Array.isArray(sent.taxes) ? { taxes: unique(sent.taxes.map(taxId)) } : {}),
})

interface SentPrice {
  readonly name: string
  readonly type: 'one_time' | 'recurring'
  readonly currency: string
  readonly amount: number
  readonly [field: string]: unknown
}

const whole = (value: unknown) => (typeof value === 'number' ? value : null)
const minorOr = (value: unknown, digits: number) => (typeof value === 'number' ? toMinor(value, digits) : null)

/** A whole price of what was sent. */
export const toPrice = (sent: SentPrice): PriceFields => {
  const currency = currencyOf(sent.currency)
  const digits = digitsOf(currency)
  if (sent.type === 'recurring' && !sent.recurring)
    throw unprocessable(['recurring must be an object', 'recurring should not be empty'])
  return {
    name: named(sent.name),
    type: sent.type,
    currency,
    digits,
    amountMinor: toMinor(sent.amount, digits),
    compareAtMinor: minorOr(sent.compareAtPrice, digits),
    setupFeeMinor: minorOr(sent.setupFee, digits),
    recurring: sent.type === 'recurring' ? json(sent.recurring) : null,
    description: text(sent.description),
    membershipOffers: json(sent.membershipOffers),
    trialPeriod: whole(sent.trialPeriod),
    totalCycles: whole(sent.totalCycles),
    variantOptionIds: unique(sent.variantOptionIds as string[] | undefined),
    userId: text(sent.userId),
    meta: json(sent.meta),
    trackInventory: sent.trackInventory === true,
    availableQuantity: whole(sent.availableQuantity) ?? 0,
    allowOutOfStockPurchases: sent.allowOutOfStockPurchases === true,
    sku: text(sent.sku),
    shippingOptions: json(sent.shippingOptions),
    isDigitalProduct: sent.isDigitalProduct === true,
    digitalDelivery: (sent.digitalDelivery as string[] | undefined) ?? null,
  }
}

/** What a price is measured in, and what its amounts are. */
export interface StoredAmounts {
  readonly currency: string
  readonly digits: number
  readonly amountMinor: number
  readonly compareAtMinor: number | null
  readonly setupFeeMinor: number | null
}

/** The same numbers in another currency: 20 USD become 20 JPY, nothing is converted. */
export const inCurrency = (price: StoredAmounts, code: string) => {
  const currency = currencyOf(code)
  const digits = digitsOf(currency)
  const moved = (minor: number | null) => (minor === null ? null : toMinor(toMajor(minor, price.digits), digits))
  return {
    currency,
    digits,
    amountMinor: moved(price.amountMinor) ?? 0,
    compareAtMinor: moved(price.compareAtMinor),
    setupFeeMinor: moved(price.setupFeeMinor),
  }
}

/** Only what was sent of a price, for a bulk edit. */
export const toPriceEdit = (before: StoredAmounts, sent: { readonly [field: string]: unknown }): Partial<PriceFields> => {
  const base = typeof sent.currency === 'string' ? inCurrency(before, sent.currency) : undefined
  const digits = base?.digits ?? before.digits
  const given = (field: string) => sent[field] !== undefined
  return {
    ...base,
    ...(typeof sent.name === 'string' ? { name: named(sent.name) } : {}),
    ...(typeof sent.amount === 'number' ? { amountMinor: toMinor(sent.amount, digits) } : {}),
    ...(given('compareAtPrice') ? { compareAtMinor: minorOr(sent.compareAtPrice, digits) } : {}),
    ...(given('setupFee') ? { setupFeeMinor: minorOr(sent.setupFee, digits) } : {}),
    ...(given('trackInventory') ? { trackInventory: sent.trackInventory === true } : {}),
    ...(given('availableQuantity') ? { availableQuantity: whole(sent.availableQuantity) ?? 0 } : {}),
    ...(given('allowOutOfStockPurchases') ? { allowOutOfStockPurchases: sent.allowOutOfStockPurchases === true } : {}),
    ...(given('sku') ? { sku: text(sent.sku) } : {}),
    ...(given('trialPeriod') ? { trialPeriod: whole(sent.trialPeriod) } : {}),
    ...(given('totalCycles') ? { totalCycles: whole(sent.totalCycles) } : {}),
    ...(given('shippingOptions') ? { shippingOptions: json(sent.shippingOptions) } : {}),
    ...(sent.recurring ? { recurring: json(sent.recurring), type: 'recurring' as const } : {}),
  }
}

export interface Adjustment {
  readonly type: 'INCREASE_BY_AMOUNT' | 'REDUCE_BY_AMOUNT' | 'SET_NEW_PRICE' | 'INCREASE_BY_PERCENTAGE' | 'REDUCE_BY_PERCENTAGE'
  readonly value: number
  readonly roundToWhole?: boolean
}

const largest = 1_000_000_000_000_000

/** An amount after a bulk change, never below nothing. */
export const adjusted = (minor: number, digits: number, { type, value, roundToWhole }: Adjustment): number => {
  const step = toMinor(value, digits)
  const results = {
    INCREASE_BY_AMOUNT: minor + step,
    REDUCE_BY_AMOUNT: minor - step,
    SET_NEW_PRICE: step,
    INCREASE_BY_PERCENTAGE: Math.round(minor * (1 + value / 100)),
    REDUCE_BY_PERCENTAGE: Math.round(minor * (1 - value / 100)),
  }
  const one = 10 ** digits
  const result = roundToWhole ? Math.round(results[type] / one) * one : results[type]
  return Math.min(Math.max(result, 0), largest)
}

/** Ids in a comma list; undefined where there is no list. */
export const idsIn = (list: string | undefined): string[] | undefined =>
  list
    ?.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')

/** A price as its events have it: `type` there is the event's. */
export const toPriceEvent = <T extends { readonly type: string }>({ type, ...price }: T) => ({ ...price, priceType: type })
