import { event, t } from '@groundlevel/contract-kit'
import { Price, Product } from './product.shapes.js'

const product = t.Pick(Product, [
  '_id',
  'description',
  'variants',
  'medias',
  'name',
  'productType',
  'availableInStore',
  'userId',
  'createdAt',
  'updatedAt',
  'statementDescriptor',
  'image',
])

const productEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'products.readonly', payload: product, summary })

export const ProductCreate = productEvent('ProductCreate', 'A product was created')
export const ProductUpdate = productEvent('ProductUpdate', 'A product changed')
export const ProductDelete = productEvent('ProductDelete', 'A product was deleted')

/** `type` is the event's own name, so the price's kind goes by the name that the sample of the first of them has. */
const price = t.Object({
  ...t.Pick(Price, ['_id', 'membershipOffers', 'variantOptionIds', 'product', 'userId', 'name']).properties,
  priceType: t.String(),
  ...t.Pick(Price, [
    'currency',
    'amount',
    'recurring',
    'createdAt',
    'updatedAt',
    'compareAtPrice',
    'trackInventory',
    'availableQuantity',
    'allowOutOfStockPurchases',
  ]).properties,
})

const priceEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'products/prices.readonly', payload: price, summary })

export const PriceCreate = priceEvent('PriceCreate', 'A product was given a price')
export const PriceUpdate = priceEvent('PriceUpdate', 'A price or its stock changed')
export const PriceDelete = priceEvent('PriceDelete', 'A price was deleted')
