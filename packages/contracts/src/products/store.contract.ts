import { GET, POST, t } from '@groundlevel/contract-kit'
import { alt, Done, products } from './module.js'

const ids = t.Array(t.String({ maxLength: 100 }), { minItems: 1, maxItems: 500 })

export const productStore = products.resource('productStore', '/products/store/:storeId', {
  stats: GET('/stats', {
    id: 'get-product-store-stats',
    summary: 'How many products there are, in a store and not in it',
    query: t.Object({
      ...alt,
      search: t.Optional(t.String({ maxLength: 200 })),
      collectionIds: t.Optional(t.String({ maxLength: 5000 })),
    }),
    reply: t.Object({ totalProducts: t.Integer(), includedInStore: t.Integer(), excludedFromStore: t.Integer() }),
  }),
  place: POST('', {
    id: 'update-store-status',
    summary: 'Put products into a store, or take them out',
    body: t.Object({ ...alt, action: t.Enum(['include', 'exclude']), productIds: ids }),
    status: 201,
    reply: Done,
    emits: ['ProductUpdate'],
  }),
  priority: POST('/priority', {
    id: 'update-display-priority',
    summary: 'In which order a store shows its products: the lowest number first',
    body: t.Object({
      ...alt,
      products: t.Array(
        t.Object({
          _id: t.String({ maxLength: 100 }),
          displayPriority: t.Integer({ minimum: 0, maximum: 1_000_000_000 }),
        }),
        { minItems: 1, maxItems: 500 },
      ),
    }),
    reply: Done,
  }),
})
