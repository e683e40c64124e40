import type { Implementation } from '../../http/implement.js'
import { bulkHandlers } from './bulk.handlers.js'
import { collectionHandlers } from './collections.handlers.js'
import { inventoryHandlers, priceHandlers } from './prices.handlers.js'
import { productHandlers } from './products.handlers.js'
import { reviewHandlers } from './reviews.handlers.js'
import { storeHandlers } from './stores.handlers.js'
import { taxHandlers } from './taxes.handlers.js'

export { collectionAssets, priceAssets, productAssets, taxAssets } from './assets.sql.js'

/** Products, what they cost, how many are left, and where they are shown. */
export const productsModule = (): readonly Implementation[] => [
  ...productHandlers(),
  ...priceHandlers(),
  ...inventoryHandlers(),
  ...storeHandlers(),
  ...collectionHandlers(),
  ...reviewHandlers(),
  ...bulkHandlers(),
  ...taxHandlers(),
]
export { type SeedProduct, seedProducts } from './seed.sql.js'
export { firstPrices, type Good, holdGoods, lockPrices, moveStock } from './selling.sql.js'
