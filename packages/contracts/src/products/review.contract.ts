import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, Done, pageQuery, products } from './module.js'
import { Review, ReviewAnswer, Reviewer } from './product.shapes.js'

const rating = t.Number({ minimum: 0, maximum: 5 })
const id = t.String({ maxLength: 100 })
const status = t.String({ minLength: 1, maxLength: 40 })

const filter = {
  ...alt,
  rating: t.Optional(rating),
  startDate: t.Optional(t.String({ maxLength: 40 })),
  endDate: t.Optional(t.String({ maxLength: 40 })),
  /** Ids, separated by commas. */
  productId: t.Optional(t.String({ maxLength: 5000 })),
  storeId: t.Optional(t.String({ maxLength: 5000 })),
}

export const review = products.resource('review', '/products/reviews', {
  list: GET('', {
    id: 'get-product-reviews',
    summary: 'Reviews of products',
    query: t.Object({
      ...filter,
      ...pageQuery,
      sortField: t.Default(t.Enum(['createdAt', 'rating']), 'createdAt'),
      sortOrder: t.Default(t.Enum(['asc', 'desc']), 'desc'),
    }),
    reply: t.Object({ data: t.Array(Review), total: t.Integer() }),
    page: limitOffset('data', 20),
  }),
  create: POST('', {
    id: 'create-product-review',
    summary: 'Write a review, as a shop would for its visitor; it waits to be approved',
    extension: true,
    body: t.Object({
      ...alt,
      productId: id,
      storeId: t.Optional(id),
      rating,
      headline: t.Optional(t.String({ maxLength: 200 })),
      detail: t.Optional(t.String({ maxLength: 5000 })),
      user: t.Optional(Reviewer),
    }),
    status: 201,
    reply: t.Object({ data: Review }),
  }),
  count: GET('/count', {
    id: 'get-reviews-count',
    summary: 'How many reviews there are of each status',
    query: t.Object(filter),
    reply: t.Object({ data: t.Array(t.Object({ status: t.String(), count: t.Integer() })) }),
  }),
  bulk: POST('/bulk-update', {
    id: 'bulk-update-product-review',
    summary: 'Give several reviews one status',
    body: t.Object({
      ...alt,
      reviews: t.Array(t.Object({ reviewId: id, productId: id, storeId: id }), { minItems: 1, maxItems: 500 }),
      status,
    }),
    status: 201,
    reply: Done,
  }),
  update: PUT('/:reviewId', {
    id: 'update-product-review',
    summary: 'Approve, reject or answer a review',
    body: t.Object({
      ...alt,
      productId: id,
      status,
      reply: t.Optional(t.Array(ReviewAnswer, { maxItems: 50 })),
      rating: t.Optional(rating),
      headline: t.Optional(t.String({ maxLength: 200 })),
      detail: t.Optional(t.String({ maxLength: 5000 })),
    }),
    reply: Done,
  }),
  remove: DELETE('/:reviewId', {
    id: 'delete-product-review',
    summary: 'Delete a review',
    query: t.Object({ ...alt, productId: id }),
    reply: Done,
  }),
})
