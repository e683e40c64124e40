import type { Db } from '../../database/wire.js'

/** A product of the demo world with its one price: made without events, since nobody is to hear of it. */
export interface SeedProduct {
  readonly productId: string
  readonly priceId: string
  readonly name: string
  readonly slug: string
  readonly productType: string
  readonly amountMinor: number
  readonly every: 'month' | null
  /** How many are left; null where they are not counted. */
  readonly left: number | null
}

const usd = { currency: 'USD', digits: 2, compareAtMinor: null, setupFeeMinor: null }
const bare = { description: null, membershipOffers: null, trialPeriod: null, totalCycles: null, userId: null, meta: null }

const priceRow = (locationId: string, { productId, priceId, amountMinor, every, left }: SeedProduct, now: Date) => ({
  ...usd,
  ...bare,
  locationId,
  _id: priceId,
  product: productId,
  name: every ? 'Monthly' : 'Standard',
  type: every ? 'recurring' : 'one_time',
  amountMinor,
  recurring: every && JSON.stringify({ interval: every, intervalCount: 1 }),
  variantOptionIds: [],
  trackInventory: left !== null,
  availableQuantity: left ?? 0,
  allowOutOfStockPurchases: false,
  sku: null,
  shippingOptions: null,
  isDigitalProduct: false,
  digitalDelivery: null,
  createdAt: now,
  updatedAt: now,
})

export const seedProducts = async (db: Db, locationId: string, rows: readonly SeedProduct[], now: Date): Promise<void> => {
  const plain = { isTaxesEnabled: false, isLabelEnabled: false, taxInclusive: false, availableInStore: true }
  const none = { description: null, image: null, statementDescriptor: null, automaticTaxCategoryId: null, userId: null }
  const products = rows.map(({ productId, name, slug, productType }) => ({
    ...plain,
    ...none,
    locationId,
    _id: productId,
    name,
    slug,
    productType,
    medias: null,
    variants: null,
    label: null,
    seo: null,
    collectionIds: [],
    taxes: [],
    createdAt: now,
    updatedAt: now,
  }))
  await db.insertInto('products').values(products).execute()
  await db
    .insertInto('prices')
    .values(rows.map((row) => priceRow(locationId, row, now)))
    .execute()
}
