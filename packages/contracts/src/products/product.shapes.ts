import { t } from '@groundlevel/contract-kit'

const short = t.String({ maxLength: 200 })

export const Variant = t.Object({
  id: short,
  name: short,
  options: t.Array(t.Object({ id: short, name: short }), { maxItems: 200 }),
})

export const Media = t.Object({
  id: short,
  title: t.Optional(t.String({ maxLength: 500 })),
  url: t.String({ maxLength: 2000 }),
  type: t.Enum(['image', 'video']),
  isFeatured: t.Optional(t.Boolean()),
  priceIds: t.Optional(t.Array(short, { maxItems: 200 })),
})

export const Label = t.Object({
  title: short,
  startDate: t.Optional(t.String({ maxLength: 40 })),
  endDate: t.Optional(t.String({ maxLength: 40 })),
})

export const Seo = t.Object({
  title: t.Optional(t.String({ maxLength: 500 })),
  description: t.Optional(t.String({ maxLength: 5000 })),
})

export const productTypes = ['DIGITAL', 'PHYSICAL', 'SERVICE', 'PHYSICAL/DIGITAL'] as const

/** A product as lists and webhooks have it. */
export const ProductRow = t.Object({
  _id: t.String(),
  description: t.Optional(t.String()),
  variants: t.Optional(t.Array(Variant)),
  locationId: t.String(),
  name: t.String(),
  productType: t.String(),
  availableInStore: t.Boolean(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
  statementDescriptor: t.Optional(t.String()),
  image: t.Optional(t.String()),
  collectionIds: t.Array(t.String()),
  isTaxesEnabled: t.Boolean(),
  /** Ids; the taxes themselves where a list is asked to expand them. */
  taxes: t.Array(t.Union([t.String(), t.Open()])),
  automaticTaxCategoryId: t.Optional(t.String()),
  label: t.Optional(Label),
  slug: t.Optional(t.String()),
})

/** One product: with what the lists of the live service leave out. */
export const Product = t.Object({
  ...ProductRow.properties,
  taxes: t.Array(t.String()),
  medias: t.Optional(t.Array(Media)),
  isLabelEnabled: t.Boolean(),
  seo: t.Optional(Seo),
  taxInclusive: t.Boolean(),
  userId: t.Optional(t.String()),
})

const text = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

/** What create takes, and update in full: a field that is left out is empty afterwards. */
export const ProductBody = t.Object({
  name: t.String({ minLength: 1, maxLength: 400 }),
  locationId: t.String(),
  description: text(50_000),
  productType: t.Enum(productTypes),
  image: text(2000),
  statementDescriptor: text(200),
  availableInStore: t.Optional(t.Boolean()),
  medias: t.Optional(t.Array(Media, { maxItems: 100 })),
  variants: t.Optional(t.Array(Variant, { maxItems: 20 })),
  collectionIds: t.Optional(t.Array(t.String({ maxLength: 100 }), { maxItems: 100 })),
  isTaxesEnabled: t.Optional(t.Boolean()),
  taxes: t.Optional(t.Array(t.String({ maxLength: 100 }), { maxItems: 20 })),
  automaticTaxCategoryId: text(100),
  isLabelEnabled: t.Optional(t.Boolean()),
  label: t.Optional(t.Nullable(Label)),
  slug: text(200),
  seo: t.Optional(t.Nullable(Seo)),
  taxInclusive: t.Optional(t.Boolean()),
})

const Recurring = t.Object({
  interval: t.Enum(['day', 'month', 'week', 'year']),
  intervalCount: t.Integer({ minimum: 1, maximum: 1000 }),
})

const Offer = t.Object({ label: short, value: short, _id: short })

export const Price = t.Object({
  _id: t.String(),
  membershipOffers: t.Optional(t.Array(Offer)),
  variantOptionIds: t.Array(t.String()),
  locationId: t.String(),
  product: t.String(),
  userId: t.Optional(t.String()),
  name: t.String(),
  type: t.Enum(['one_time', 'recurring']),
  currency: t.String(),
  amount: t.Number(),
  recurring: t.Optional(Recurring),
  description: t.Optional(t.String()),
  trialPeriod: t.Optional(t.Integer()),
  totalCycles: t.Optional(t.Integer()),
  setupFee: t.Optional(t.Number()),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
  compareAtPrice: t.Optional(t.Number()),
  trackInventory: t.Boolean(),
  availableQuantity: t.Integer(),
  allowOutOfStockPurchases: t.Boolean(),
  sku: t.Optional(t.String()),
  shippingOptions: t.Optional(t.Open()),
  isDigitalProduct: t.Boolean(),
  digitalDelivery: t.Optional(t.Array(t.String())),
  meta: t.Optional(t.Open()),
})

const size = t.Number({ minimum: 0, maximum: 1_000_000_000 })

export const ShippingOptions = t.Object({
  weight: t.Optional(t.Object({ value: size, unit: t.Enum(['kg', 'lb', 'g', 'oz']) })),
  dimensions: t.Optional(t.Object({ height: size, width: size, length: size, unit: t.Enum(['cm', 'in', 'm']) })),
})

const wholeOf = (maximum: number, minimum = 0) => t.Optional(t.Nullable(t.Integer({ minimum, maximum })))
const moneyOf = t.Number({ minimum: 0, maximum: 1_000_000_000_000 })

const flags = {
  trackInventory: t.Optional(t.Nullable(t.Boolean())),
  availableQuantity: wholeOf(1_000_000_000),
  allowOutOfStockPurchases: t.Optional(t.Nullable(t.Boolean())),
  sku: text(200),
  trialPeriod: wholeOf(3650),
  totalCycles: wholeOf(10_000, 1),
  setupFee: t.Optional(t.Nullable(moneyOf)),
  compareAtPrice: t.Optional(t.Nullable(moneyOf)),
  shippingOptions: t.Optional(t.Nullable(ShippingOptions)),
}

export const PriceBody = t.Object({
  name: t.String({ minLength: 1, maxLength: 400 }),
  type: t.Enum(['one_time', 'recurring']),
  /** ISO 4217, any case. */
  currency: t.String({ minLength: 3, maxLength: 3 }),
  amount: moneyOf,
  recurring: t.Optional(t.Nullable(Recurring)),
  description: text(5000),
  membershipOffers: t.Optional(t.Array(Offer, { maxItems: 100 })),
  variantOptionIds: t.Optional(t.Array(short, { maxItems: 100 })),
  locationId: t.String(),
  userId: text(100),
  meta: t.Optional(
    t.Nullable(
      t.Object({
        source: t.Enum(['stripe', 'woocommerce', 'shopify']),
        sourceId: t.Optional(short),
        stripePriceId: short,
        internalSource: t.Enum(['agency_plan', 'funnel', 'membership', 'communities', 'gokollab', 'calendar']),
      }),
    ),
  ),
  isDigitalProduct: t.Optional(t.Boolean()),
  digitalDelivery: t.Optional(t.Array(t.String({ maxLength: 2000 }), { maxItems: 100 })),
  ...flags,
})

/** What a bulk edit changes of a price. */
export const PriceEdit = t.Object({
  _id: t.String({ maxLength: 100 }),
  name: t.Optional(t.String({ minLength: 1, maxLength: 400 })),
  amount: t.Optional(moneyOf),
  currency: t.Optional(t.String({ minLength: 3, maxLength: 3 })),
  ...flags,
  recurring: t.Optional(t.Nullable(Recurring)),
})

export const InventoryItem = t.Object({
  _id: t.String(),
  name: t.String(),
  availableQuantity: t.Integer(),
  sku: t.String(),
  allowOutOfStockPurchases: t.Boolean(),
  product: t.String(),
  updatedAt: t.DateTime(),
  image: t.Optional(t.String()),
  productName: t.Optional(t.String()),
})

export const Collection = t.Object({
  _id: t.String(),
  altId: t.String(),
  name: t.String(),
  slug: t.String(),
  image: t.String(),
  seo: Seo,
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

const Voice = t.Object({
  name: t.String({ maxLength: 100 }),
  email: t.Email({ maxLength: 320 }),
  phone: t.Optional(t.String({ maxLength: 64 })),
  isCustomer: t.Optional(t.Boolean()),
})

export const ReviewAnswer = t.Object({
  headline: t.String({ maxLength: 200 }),
  comment: t.String({ maxLength: 5000 }),
  user: Voice,
})

export const Reviewer = Voice

export const Review = t.Object({
  _id: t.String(),
  altId: t.String(),
  altType: t.String(),
  productId: t.String(),
  storeId: t.Optional(t.String()),
  status: t.String(),
  rating: t.Number(),
  headline: t.Optional(t.String()),
  detail: t.Optional(t.String()),
  user: t.Optional(t.Open()),
  reply: t.Array(t.Open()),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

/** A tax that products name by its id. */
export const Tax = t.Object({
  _id: t.String(),
  locationId: t.String(),
  name: t.String(),
  /** Per cent. */
  rate: t.Number(),
  calculation: t.Enum(['exclusive', 'inclusive']),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})
