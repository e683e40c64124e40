import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import { newId } from '../../ids.js'

const { LocationTag } = shapes

/** More than a catalogue has; a list without paging needs an end. */
const mostTags = 10_000

/** One number of our own beside that of the location: who puts tags on contacts shares it, who takes one away holds it alone. */
const lockOf = (locationId: string) => sql`hashtextextended(${locationId}, 11)`

/** Tags of one location. */
export const tagsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('locationTags').where('locationId', '=', locationId)
  return {
    list: () => page(db, LocationTag, mine.selectAll().orderBy('name').limit(sql.lit(mostTags))),
    firstNames: async (limit: number) => {
      const rows = await mine.select('name').orderBy('name').limit(sql.lit(limit)).execute()
      return rows.map(({ name }) => name)
    },
    find: (id: string) => one(db, LocationTag, mine.selectAll().where('id', '=', id)),
    /** Until the transaction ends, nobody else renames or deletes it. */
    lock: (id: string) => mine.select(['id', 'name']).where('id', '=', id).forUpdate().executeTakeFirst(),
    isTaken: async (name: string) => (await mine.select('id').where('name', '=', name).executeTakeFirst()) !== undefined,
    /** Undefined where there is one of that name. */
    add: (id: string, name: string, dateAdded: Date) =>
      one(
        db,
        LocationTag,
        db
          .insertInto('locationTags')
          .values({ id, name, locationId, dateAdded })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll(),
      ),
    rename: (id: string, name: string) =>
      one(
        db,
        LocationTag,
        db.updateTable('locationTags').set({ name }).where('locationId', '=', locationId).where('id', '=', id).returningAll(),
      ),
    remove: (id: string) => db.deleteFrom('locationTags').where('locationId', '=', locationId).where('id', '=', id).execute(),
    /** One of those whom `holdWriters` waits for. */
    joinWriters: () => sql`select pg_advisory_xact_lock_shared(${lockOf(locationId)})`.execute(db),
    /** Waits for the changes that put tags on contacts, and keeps new ones waiting until the transaction ends. */
    holdWriters: () => sql`select pg_advisory_xact_lock(${lockOf(locationId)})`.execute(db),
  }
}

/**
 * Puts tags that are about to be on contacts into the catalogue, in the transaction that puts them there: one statement,
 * which writes nothing where all are known. A deletion or renaming at the same time comes before or after it, never between.
 *
 * @param names in lower case, as `tidyTags` makes them
 */
export const keepTags = async (db: Db, locationId: string, names: readonly string[], now: Date): Promise<void> => {
  const tags = [...new Set(names)].sort()
  if (tags.length === 0) return
  const ids = tags.map(() => newId(now))
  await sql`
    with held as materialized (select pg_advisory_xact_lock_shared(${lockOf(locationId)}))
    insert into "locationTags" ("locationId", id, name, "dateAdded")
    select ${locationId}, t.id, t.name, ${now}::timestamptz
    from held, unnest(${sql.val(ids)}::text[], ${sql.val(tags)}::text[]) as t (id, name)
    on conflict do nothing
  `.execute(db)
}
