import { badRequest, found, type Json, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { type Author, authorOf } from '../../http/author.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { tagsOf } from './tags.sql.js'

/** A tag that is to become another on contacts, or go from them. */
export interface Retagging {
  readonly from: string
  readonly to: string | undefined
  readonly by: Author
}

/** What the tags room asks of others. */
export interface TagsServices {
  /** Changes at most `size` contacts and returns them as events have them. */
  retagSome(db: Db, locationId: string, change: Retagging, size: number): Promise<readonly Json<object>[]>
  /** Changes every contact in one statement. */
  retagAll(db: Db, locationId: string, change: Retagging): Promise<unknown>
  /** How many contacts have each of the tags, exact to 10 000. */
  countTagged(db: Db, locationId: string, names: readonly string[]): Promise<{ name: string; contacts: number }[]>
  /** Whether an installed app would hear of a contact's tags. */
  isAwaited(type: string, tenant: { readonly companyId: string; readonly locationId: string }): Promise<boolean>
}

const atOnce = 1000

const tidyName = (name: string) => {
  const tidy = name.trim().toLowerCase()
  if (tidy === '') throw unprocessable(['name should not be empty'])
  return tidy
}

const taken = (name: string) => badRequest(`A tag named ${name} already exists.`)

type Emit = Pick<Context, 'db' | 'locationId' | 'companyId'> & {
  emitAll(type: 'ContactTagUpdate', records: readonly Json<object>[]): Promise<void>
}

/** Contacts that wait for each other are told of a thousand at a time; where nobody listens, nothing is read back. */
const retag = async (change: Retagging, { db, locationId, companyId, emitAll }: Emit, services: TagsServices) => {
  if (!(await services.isAwaited('ContactTagUpdate', { companyId, locationId }))) {
    await services.retagAll(db, locationId, change)
    return
  }
  for (;;) {
    const changed = await services.retagSome(db, locationId, change, atOnce)
    await emitAll('ContactTagUpdate', changed)
    if (changed.length < atOnce) return
  }
}

/**
 * The tag's contacts first, while others go on; then, with nobody putting tags on, those that got it meanwhile. The other
 * order would hold everybody up for as long as a million rows take.
 */
const retagEverywhere = async (change: Retagging, context: Emit, services: TagsServices, holdWriters: () => Promise<unknown>) => {
  await retag(change, context, services)
  await holdWriters()
  await retag(change, context, services)
}

/** A list that nobody reads further has an end. */
const mostCounted = 1000

/** How many contacts have each tag. */
const countHandlers = ({ countTagged }: TagsServices) =>
  implement(api.locations.tagCounts, ({ db, locationId }) => ({ tags: tagsOf(db, locationId) }), {
    list: async (_, { db, tags, locationId }) => ({
      counts: await countTagged(db, locationId, await tags.firstNames(mostCounted)),
    }),
  })

/** The catalogue of tags. */
export const tagsModule = (services: TagsServices): readonly Implementation[] => [
  ...countHandlers(services),
  ...catalogueHandlers(services),
]

const catalogueHandlers = (services: TagsServices) =>
  implement(api.locations.tags, ({ db, locationId }) => ({ tags: tagsOf(db, locationId) }), {
    list: async (_, { tags }) => ({ tags: (await tags.list()).items }),

    create: async ({ body }, { tags, newId, now }) => {
      const name = tidyName(body.name)
      await tags.joinWriters()
      const tag = await tags.add(newId(), name, now)
      if (!tag) throw taken(name)
      return { tag }
    },

    get: async ({ tagId }, { tags }) => ({ tag: found(await tags.find(tagId), 'Tag') }),

    update: async ({ tagId, body }, context) => {
      const { tags, principal, now } = context
      const { name: from } = found(await tags.lock(tagId), 'Tag')
      const to = tidyName(body.name)
      if (to !== from) {
        if (await tags.isTaken(to)) throw taken(to)
        await retagEverywhere({ from, to, by: authorOf(principal, now) }, context, services, tags.holdWriters)
        // Somebody may have put the new name on a contact meanwhile.
        if (await tags.isTaken(to)) throw taken(to)
      }
      return { tag: found(await tags.rename(tagId, to), 'Tag') }
    },

    remove: async ({ tagId }, context) => {
      const { tags, principal, now } = context
      const { name: from } = found(await tags.lock(tagId), 'Tag')
      await retagEverywhere({ from, to: undefined, by: authorOf(principal, now) }, context, services, tags.holdWriters)
      await tags.remove(tagId)
      return { succeded: true, succeeded: true }
    },
  })
