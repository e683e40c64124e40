import { POST, t } from '@groundlevel/contract-kit'
import { alt, Done, products } from './module.js'
import { Label, Media, PriceEdit, Seo } from './product.shapes.js'

const ids = t.Array(t.String({ maxLength: 100 }), { maxItems: 500 })

const Adjustment = t.Object({
  type: t.Enum(['INCREASE_BY_AMOUNT', 'REDUCE_BY_AMOUNT', 'SET_NEW_PRICE', 'INCREASE_BY_PERCENTAGE', 'REDUCE_BY_PERCENTAGE']),
  value: t.Number({ minimum: 0, maximum: 1_000_000_000 }),
  roundToWhole: t.Optional(t.Boolean()),
})

const text = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

const Edit = t.Object({
  _id: t.String({ maxLength: 100 }),
  name: t.Optional(t.String({ minLength: 1, maxLength: 400 })),
  description: text(50_000),
  image: text(2000),
  availableInStore: t.Optional(t.Boolean()),
  prices: t.Optional(t.Array(PriceEdit, { maxItems: 100 })),
  collectionIds: t.Optional(ids),
  isLabelEnabled: t.Optional(t.Boolean()),
  isTaxesEnabled: t.Optional(t.Boolean()),
  seo: t.Optional(t.Nullable(Seo)),
  slug: text(200),
  automaticTaxCategoryId: text(100),
  taxInclusive: t.Optional(t.Boolean()),
  /** Ids of taxes, or taxes that have one. */
  taxes: t.Optional(t.Array(t.Unknown(), { maxItems: 20 })),
  medias: t.Optional(t.Array(Media, { maxItems: 100 })),
  label: t.Optional(t.Nullable(Label)),
})

export const bulk = products.resource('bulk', '/products/bulk-update', {
  update: POST('', {
    id: 'bulkUpdate',
    summary: 'One change of many products: prices, place in the store, collections, currency, or delete them',
    body: t.Object({
      ...alt,
      type: t.Enum([
        'bulk-update-price',
        'bulk-update-availability',
        'bulk-update-product-collection',
        'bulk-delete-products',
        'bulk-update-currency',
      ]),
      /** Empty: those that `filters` name. */
      productIds: ids,
      filters: t.Optional(
        t.Object({
          collectionIds: t.Optional(ids),
          productType: t.Optional(t.String({ maxLength: 40 })),
          availableInStore: t.Optional(t.Boolean()),
          search: t.Optional(t.String({ maxLength: 200 })),
        }),
      ),
      price: t.Optional(Adjustment),
      compareAtPrice: t.Optional(Adjustment),
      availability: t.Optional(t.Boolean()),
      collectionIds: t.Optional(ids),
      currency: t.Optional(t.String({ minLength: 3, maxLength: 3 })),
    }),
    status: 201,
    reply: Done,
    emits: ['ProductUpdate', 'PriceUpdate', 'ProductDelete', 'PriceDelete'],
  }),
  edit: POST('/edit', {
    id: 'bulkEdit',
    summary: 'Change sent fields of several products and their prices at once',
    body: t.Object({ ...alt, products: t.Array(Edit, { minItems: 1, maxItems: 100 }) }),
    status: 201,
    reply: t.Object({ message: t.String(), status: t.Boolean(), updatedCount: t.Integer() }),
    emits: ['ProductUpdate', 'PriceUpdate'],
  }),
})
