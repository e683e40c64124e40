import { found, missing } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { dayRange } from '../money/index.js'
import { usualLimit } from './products.handlers.js'
import { idsIn } from './products.rules.js'
import { productsOf } from './products.sql.js'
import { type ReviewFilter, reviewsOf } from './reviews.sql.js'

const thing = 'Review'

interface Asked {
  readonly rating?: number
  readonly startDate?: string
  readonly endDate?: string
  readonly productId?: string
  readonly storeId?: string
}

const filterOf = ({ rating, startDate, endDate, productId, storeId }: Asked): ReviewFilter => ({
  rating,
  ...dayRange(['startDate', startDate], ['endDate', endDate]),
  productIds: idsIn(productId),
  storeIds: idsIn(storeId),
})

export const reviewHandlers = () =>
  implement(contract.review, ({ db, locationId }) => ({ reviews: reviewsOf(db, locationId) }), {
    list: ({ query }, { reviews }) => reviews.list(filterOf(query), { ...query, limit: query.limit || usualLimit }),

    create: async ({ body: { productId, storeId, rating, headline, detail, user } }, { reviews, db, locationId, now }) => {
      if (!(await productsOf(db, locationId).hold(productId))) throw missing('Product')
      const words = { headline: headline ?? null, detail: detail ?? null, user: user ? JSON.stringify(user) : null }
      const row = { _id: newHexId(), productId, storeId: storeId ?? null, rating, ...words }
      return { data: found(await reviews.add(row, now), thing) }
    },

    count: async ({ query }, { reviews }) => ({ data: await reviews.countByStatus(filterOf(query)) }),

    bulk: async ({ body: { reviews: asked, status } }, { reviews, now }) => {
      const ids = [...new Set(asked.map(({ reviewId }) => reviewId))]
      if ((await reviews.setStatus(ids, status, now)) < ids.length) throw missing(thing)
      return { status: true, message: 'Reviews updated' }
    },

    update: async ({ reviewId, body: { productId, status, reply, rating, headline, detail } }, { reviews, now }) => {
      const change = {
        status,
        ...(reply === undefined ? {} : { reply: JSON.stringify(reply) }),
        ...(rating === undefined ? {} : { rating }),
        ...(headline === undefined ? {} : { headline }),
        ...(detail === undefined ? {} : { detail }),
      }
      if (!(await reviews.change(reviewId, productId, change, now))) throw missing(thing)
      return { status: true, message: 'Review updated' }
    },

    remove: async ({ reviewId, query: { productId } }, { reviews }) => {
      if (!(await reviews.remove(reviewId, productId))) throw missing(thing)
      return { status: true, message: 'Review deleted' }
    },
  })
