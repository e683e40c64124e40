import { rowAssets } from '../../database/assets.sql.js'
import { newHexId } from '../../ids.js'

const rows = { id: '_id', created: ['createdAt', 'updatedAt'], changed: 'updatedAt', newId: newHexId } as const

/** Taxes, collections, products and prices as snapshots carry them. */
export const taxAssets = rowAssets({
  ...rows,
  kind: 'product_taxes',
  table: 'taxes',
  key: 't.name',
  columns: ['name', 'rate', 'calculation'],
})

export const collectionAssets = rowAssets({
  ...rows,
  kind: 'product_collections',
  table: 'productCollections',
  key: 't.slug',
  columns: ['name', 'slug', 'image', 'seo'],
})

export const productAssets = rowAssets({
  ...rows,
  kind: 'products',
  table: 'products',
  key: 't.slug',
  columns: [
    'name',
    'description',
    'productType',
    'image',
    'statementDescriptor',
    'availableInStore',
    'medias',
    'variants',
    'collectionIds',
    'isTaxesEnabled',
    'taxes',
    'automaticTaxCategoryId',
    'isLabelEnabled',
    'label',
    'slug',
    'seo',
    'taxInclusive',
  ],
})

export const priceAssets = rowAssets({
  ...rows,
  kind: 'product_prices',
  table: 'prices',
  key: `(select p.slug from products p where p."locationId" = t."locationId" and p._id = t.product) || ' ' || t.name`,
  columns: [
    'product',
    'name',
    'type',
    'currency',
    'digits',
    'amountMinor',
    'compareAtMinor',
    'setupFeeMinor',
    'recurring',
    'description',
    'membershipOffers',
    'trialPeriod',
    'totalCycles',
    'variantOptionIds',
    'trackInventory',
    'availableQuantity',
    'allowOutOfStockPurchases',
    'sku',
    'shippingOptions',
    'isDigitalProduct',
    'digitalDelivery',
  ],
})
