import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, Done, products } from './module.js'
import { Collection, Seo } from './product.shapes.js'

const name = t.String({ minLength: 1, maxLength: 400 })
const slug = t.String({ minLength: 1, maxLength: 200 })
const image = t.Optional(t.Nullable(t.String({ maxLength: 2000 })))
const seo = t.Optional(t.Nullable(Seo))

export const collection = products.resource('collection', '/products/collections', {
  list: GET('', {
    id: 'get-product-collection',
    summary: 'Product collections, newest first',
    scope: 'products/collection',
    query: t.Object({
      limit: t.Default(t.Integer({ minimum: 0, maximum: 100 }), 10),
      offset: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
      ...alt,
      collectionIds: t.Optional(t.String({ maxLength: 5000 })),
      name: t.Optional(t.String({ maxLength: 200 })),
    }),
    reply: t.Object({ data: t.Array(Collection), total: t.Integer() }),
    page: limitOffset('data', 10),
  }),
  create: POST('', {
    id: 'create-product-collection',
    summary: 'Create a product collection',
    scope: 'products/collection',
    body: t.Object({
      ...alt,
      /** A client may choose the id; ours otherwise. */
      collectionId: t.Optional(t.String({ minLength: 1, maxLength: 100 })),
      name,
      slug,
      image,
      seo,
    }),
    tolerates: { locationId: 'programs send it beside altId' },
    status: 201,
    reply: t.Object({ data: Collection }),
  }),
  get: GET('/:collectionId', {
    id: 'get-product-collection-id',
    summary: 'One product collection',
    scope: 'products/collection',
    query: t.Object({ altId: t.String(), altType: t.Optional(t.Enum(['location'])) }),
    reply: t.Object({ data: Collection, status: t.Boolean() }),
  }),
  update: PUT('/:collectionId', {
    id: 'update-product-collection',
    summary: 'Change the sent fields of a product collection',
    scope: 'products/collection',
    body: t.Object({ ...alt, name: t.Optional(name), slug: t.Optional(slug), image, seo }),
    reply: Done,
  }),
  remove: DELETE('/:collectionId', {
    id: 'delete-product-collection',
    summary: 'Delete a product collection; its products stay',
    scope: 'products/collection',
    query: t.Object(alt),
    reply: Done,
  }),
})
