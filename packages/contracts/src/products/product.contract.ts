import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { pageQuery, products } from './module.js'
import { Product, ProductBody, ProductRow } from './product.shapes.js'

const anybody = ['location', 'agency'] as const
const about = t.Object({ locationId: t.String(), sendWishlistStatus: t.Optional(t.Boolean()) })
const list = t.Optional(t.String({ maxLength: 5000 }))

export const product = products.resource('product', '/products', {
  list: GET('/', {
    id: 'list-invoices',
    summary: 'Products of a sub-account, newest first',
    actors: anybody,
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      ...pageQuery,
      search: t.Optional(t.String({ maxLength: 200 })),
      /** Ids, separated by commas. */
      collectionIds: list,
      collectionSlug: t.Optional(t.String({ maxLength: 200 })),
      /** `tax` answers taxes as objects instead of ids. */
      expand: t.Optional(t.Array(t.String({ maxLength: 40 }), { maxItems: 10 })),
      productIds: t.Optional(t.Array(t.String({ maxLength: 100 }), { maxItems: 500 })),
      storeId: t.Optional(t.String({ maxLength: 100 })),
      includedInStore: t.Optional(t.Boolean()),
      availableInStore: t.Optional(t.Boolean()),
      sortOrder: t.Default(t.Enum(['asc', 'desc']), 'desc'),
    }),
    reply: t.Object({ products: t.Array(ProductRow), total: t.Array(t.Object({ total: t.Integer() })) }),
    page: limitOffset('products', 20),
  }),
  create: POST('/', {
    id: 'create-product',
    summary: 'Create a product',
    actors: anybody,
    tenant: 'body',
    body: ProductBody,
    status: 201,
    reply: Product,
    emits: ['ProductCreate'],
  }),
  get: GET('/:productId', {
    id: 'get-product-by-id',
    summary: 'One product, by its id or slug',
    actors: anybody,
    tenant: 'query',
    query: about,
    reply: Product,
  }),
  update: PUT('/:productId', {
    id: 'update-product-by-id',
    summary: 'Replace a product: what is left out is empty afterwards',
    actors: anybody,
    tenant: 'body',
    body: t.Object({
      ...ProductBody.properties,
      prices: t.Optional(t.Array(t.String({ maxLength: 100 }), { maxItems: 500 })),
    }),
    tolerates: { productId: 'programs send all that they know of a call, the id of its path among it' },
    reply: Product,
    emits: ['ProductUpdate'],
  }),
  remove: DELETE('/:productId', {
    id: 'delete-product-by-id',
    summary: 'Delete a product with its prices and reviews',
    actors: anybody,
    tenant: 'query',
    query: about,
    reply: t.Object({ status: t.Boolean() }),
    emits: ['ProductDelete', 'PriceDelete'],
  }),
})
