import { badRequest, found } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { collectionsOf } from './collections.sql.js'
import { pricesOf } from './prices.sql.js'
import { freeSlug, idsIn, slugOf, toPriceEvent, toProduct } from './products.rules.js'
import { productsOf } from './products.sql.js'

const thing = 'Product'

/** A page of the usual size where a client asks for none. */
export const usualLimit = 20

export type Products = ReturnType<typeof productsOf>

/** A slug that nobody else has: a chosen one must be free, one made of the name is numbered. */
export const claimSlug = async (products: Products, chosen: string | null | undefined, name: string, own = '') => {
  await products.holdSlugs()
  const slug = slugOf(chosen || name)
  const taken = await products.slugsLike(slug, own)
  if (chosen && taken.has(slug)) throw badRequest(`Another product has the slug ${slug}; choose one that is free.`)
  return freeSlug(slug, taken)
}

export const productHandlers = () =>
  implement(contract.product, ({ db, locationId }) => ({ products: productsOf(db, locationId) }), {
    list: async ({ query }, { products, db, locationId }) => {
      const { limit, offset, sortOrder, expand, collectionIds, collectionSlug, locationId: _, ...filter } = query
      const bySlug = collectionSlug ? await collectionsOf(db, locationId).idsBySlug(collectionSlug) : undefined
      const ids = bySlug ?? idsIn(collectionIds)
      const page = { limit: limit || usualLimit, offset, sortOrder, expandTaxes: expand?.includes('tax') === true }
      const { products: rows, total } = await products.list({ ...filter, collectionIds: ids }, page)
      return { products: rows, total: [{ total }] }
    },

    create: async ({ body }, { products, userId, now, emit }) => {
      const slug = await claimSlug(products, body.slug, body.name)
      const product = found(await products.add({ ...toProduct(body, slug), _id: newHexId(), userId }, now), thing)
      await emit('ProductCreate', product)
      return product
    },

    get: async ({ productId }, { products }) => found(await products.find(productId), thing),

    update: async ({ productId, body }, { products, now, emit }) => {
      const known = found(await products.find(productId), thing).value
      const [before] = await products.lock([known._id])
      const { _id, slug: own } = found(before, thing)
      const slug = body.slug && slugOf(body.slug) !== own ? await claimSlug(products, body.slug, body.name, _id) : own
      const product = found(await products.change(_id, toProduct(body, slug), now), thing)
      await emit('ProductUpdate', product)
      return product
    },

    remove: async ({ productId }, { products, db, locationId, emit, emitAll }) => {
      const { _id } = found(await products.find(productId), thing).value
      const prices = await pricesOf(db, locationId).ofProducts([_id])
      const [product] = await products.remove([_id])
      await emit('ProductDelete', found(product, thing))
      if (prices.length > 0)
        await emitAll(
          'PriceDelete',
          prices.map(({ value }) => toPriceEvent(value)),
        )
      return { status: true }
    },
  })
