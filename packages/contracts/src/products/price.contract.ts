import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, Done, pageQuery, products } from './module.js'
import { InventoryItem, Price, PriceBody } from './product.shapes.js'

const rules = { actors: ['location', 'agency'], scope: 'products/prices' } as const
const about = t.Object({ locationId: t.String() })

export const price = products.resource('price', '/products/:productId/price', {
  list: GET('', {
    id: 'list-prices-for-product',
    summary: 'Prices of a product, oldest first',
    ...rules,
    tenant: 'query',
    query: t.Object({ ...pageQuery, locationId: t.String(), ids: t.Optional(t.String({ maxLength: 10_000 })) }),
    reply: t.Object({ prices: t.Array(Price), total: t.Integer() }),
    page: limitOffset('prices', 20),
  }),
  create: POST('', {
    id: 'create-price-for-product',
    summary: 'Give a product a price',
    ...rules,
    tenant: 'body',
    body: PriceBody,
    tolerates: { productId: 'programs send all that they know of a call, the id of its path among it' },
    status: 201,
    reply: Price,
    emits: ['PriceCreate'],
  }),
  get: GET('/:priceId', {
    id: 'get-price-by-id-for-product',
    summary: 'One price of a product',
    ...rules,
    tenant: 'query',
    query: about,
    reply: Price,
  }),
  update: PUT('/:priceId', {
    id: 'update-price-by-id-for-product',
    summary: 'Replace a price: what is left out is empty afterwards, stock excepted',
    ...rules,
    tenant: 'body',
    body: PriceBody,
    tolerates: { productId: 'programs send all that they know of a call, the id of its path among it' },
    reply: Price,
    emits: ['PriceUpdate'],
  }),
  remove: DELETE('/:priceId', {
    id: 'delete-price-by-id-for-product',
    summary: 'Delete a price',
    ...rules,
    tenant: 'query',
    query: about,
    reply: t.Object({ status: t.Boolean() }),
    emits: ['PriceDelete'],
  }),
})

export const inventory = products.resource('inventory', '/products/inventory', {
  list: GET('', {
    id: 'get-list-inventory',
    summary: 'Prices whose stock is counted, with what is left',
    ...rules,
    query: t.Object({ ...pageQuery, ...alt, search: t.Optional(t.String({ maxLength: 200 })) }),
    reply: t.Object({ inventory: t.Array(InventoryItem), total: t.Object({ total: t.Integer() }) }),
    page: limitOffset('inventory', 20),
  }),
  update: POST('', {
    id: 'update-inventory',
    summary: 'Set what is left of prices',
    ...rules,
    body: t.Object({
      ...alt,
      items: t.Array(
        t.Object({
          priceId: t.String({ maxLength: 100 }),
          availableQuantity: t.Optional(t.Integer({ minimum: 0, maximum: 1_000_000_000 })),
          allowOutOfStockPurchases: t.Optional(t.Boolean()),
        }),
        { minItems: 1, maxItems: 500 },
      ),
    }),
    status: 201,
    reply: Done,
    emits: ['PriceUpdate'],
  }),
})
