interface ProductsTable {
  locationId: string
  _id: string
  name: string
  description: string | null
  productType: string
  image: string | null
  statementDescriptor: string | null
  availableInStore: boolean
  medias: unknown
  variants: unknown
  collectionIds: string[]
  isTaxesEnabled: boolean
  taxes: string[]
  automaticTaxCategoryId: string | null
  isLabelEnabled: boolean
  label: unknown
  slug: string
  seo: unknown
  taxInclusive: boolean
  userId: string | null
  createdAt: Date
  updatedAt: Date
}

interface PricesTable {
  locationId: string
  _id: string
  product: string
  name: string
  type: string
  currency: string
  digits: number
  amountMinor: number
  compareAtMinor: number | null
  setupFeeMinor: number | null
  recurring: unknown
  description: string | null
  membershipOffers: unknown
  trialPeriod: number | null
  totalCycles: number | null
  variantOptionIds: string[]
  userId: string | null
  meta: unknown
  trackInventory: boolean
  availableQuantity: number
  allowOutOfStockPurchases: boolean
  sku: string | null
  shippingOptions: unknown
  isDigitalProduct: boolean
  digitalDelivery: string[] | null
  createdAt: Date
  updatedAt: Date
}

interface ProductStoresTable {
  locationId: string
  storeId: string
  productId: string
  included: boolean
  displayPriority: number | null
}

interface ProductCollectionsTable {
  locationId: string
  _id: string
  name: string
  slug: string
  image: string
  seo: unknown
  createdAt: Date
  updatedAt: Date
}

interface ProductReviewsTable {
  locationId: string
  _id: string
  productId: string
  storeId: string | null
  status: string
  rating: number
  headline: string | null
  detail: string | null
  user: unknown
  reply: unknown
  createdAt: Date
  updatedAt: Date
}

interface TaxesTable {
  locationId: string
  _id: string
  name: string
  /** Per cent, as text: it is numeric. */
  rate: string | number
  calculation: string
  createdAt: Date
  updatedAt: Date
}

export interface ProductsTables {
  products: ProductsTable
  prices: PricesTable
  productStores: ProductStoresTable
  productCollections: ProductCollectionsTable
  productReviews: ProductReviewsTable
  taxes: TaxesTable
}
