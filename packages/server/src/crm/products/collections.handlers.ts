import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { collectionsOf } from './collections.sql.js'
import { usualLimit } from './products.handlers.js'
import { idsIn, slugOf } from './products.rules.js'

const thing = 'Collection'

const taken = (slug: string) => badRequest(`Another collection has the id or the slug ${slug}; choose one that is free.`)

export const collectionHandlers = () =>
  implement(contract.collection, ({ db, locationId }) => ({ collections: collectionsOf(db, locationId) }), {
    list: ({ query: { collectionIds, name, limit, offset } }, { collections }) =>
      collections.list(idsIn(collectionIds), name, limit || usualLimit, offset),

    create: async ({ body: { collectionId, name, slug, image, seo } }, { collections, now }) => {
      const row = { name, slug: slugOf(slug), image: image ?? '', seo: JSON.stringify(seo ?? {}) }
      const collection = await collections.add({ ...row, _id: collectionId ?? newHexId() }, now)
      if (!collection) throw taken(row.slug)
      return { data: collection }
    },

    get: async ({ collectionId }, { collections }) => ({
      data: found(await collections.find(collectionId), thing),
      status: true,
    }),

    update: async ({ collectionId, body: { name, slug, image, seo } }, { collections, now }) => {
      found(await collections.lock(collectionId), thing)
      const wanted = slug === undefined ? undefined : slugOf(slug)
      if (wanted) {
        await collections.holdSlugs()
        if (await collections.isSlugTaken(wanted, collectionId)) throw taken(wanted)
      }
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(wanted ? { slug: wanted } : {}),
        ...(image === undefined ? {} : { image: image ?? '' }),
        ...(seo === undefined ? {} : { seo: JSON.stringify(seo ?? {}) }),
      }
      await collections.change(collectionId, change, now)
      return { status: true, message: 'Collection updated' }
    },

    remove: async ({ collectionId }, { collections }) => {
      if (!(await collections.remove(collectionId))) throw missing(thing)
      return { status: true, message: 'Collection deleted' }
    },
  })
