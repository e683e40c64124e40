import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { rowsOf } from '../../database/rows.js'
import { type Db, each, page } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { type ContactJson, countUpTo, inOne, inRow, inRows, type StoredChange, textMatch } from './contacts.sql.js'

const { Contact, ContactRow } = shapes

/** One parameter whatever the number: the text of the statement stays the same. */
const newTags = (changes: readonly { readonly id: string; readonly tags: readonly string[] }[]) =>
  sql<{ contactId: string; newTags: string[] }>`(
    select w.id as "contactId", w.tags as "newTags" from json_to_recordset(${JSON.stringify(changes)}) as w (id text, tags text[])
  )`

interface ManyChange {
  readonly id: string
  readonly columns: StoredChange
}

const byColumns = (changes: readonly ManyChange[]) => {
  const groups = new Map<string, ManyChange[]>()
  for (const change of changes) {
    const key = Object.keys(change.columns).sort().join(' ')
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups].map(([key, rows]) => [key.split(' ').filter(Boolean), rows] as const)
}

/** Under names of their own: what is returned is of the contacts. */
const newColumns = (names: readonly string[], changes: readonly ManyChange[]) => {
  const rows = rowsOf(
    'contacts',
    changes.map(({ id, columns }) => ({ id, ...columns })),
  )
  const renamed = names.map((name) => sql`, r.${sql.ref(name)} as ${sql.ref(`new ${name}`)}`)
  return sql<{ contactId: string }>`(select r.id as "contactId" ${sql.join(renamed, sql``)} from ${rows} r)`
}

/** Changes of many contacts of one location, each in one statement. */
export const manyContactsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('contacts').where('locationId', '=', locationId)
  const among = (ids: readonly string[]) => sql<boolean>`contacts.id = any(${sql.val(ids)}::text[])`
  return {
    /** In the order of their ids, so that two bulk changes never wait for each other in a ring. */
    lockTags: (ids: readonly string[]) => mine.select(['id', 'tags']).where(among(ids)).orderBy('id').forUpdate().execute(),

    /** @returns the changed contacts as single-contact replies have them */
    setTags: (changes: readonly { readonly id: string; readonly tags: readonly string[] }[], by: Author) =>
      each(
        db,
        Contact,
        db
          .updateTable('contacts')
          .from(newTags(changes).as('wanted'))
          .set({ tags: sql<string[]>`wanted."newTags"`, lastUpdatedBy: JSON.stringify(by), dateUpdated: by.timestamp })
          .where('locationId', '=', locationId)
          .where(sql<boolean>`contacts.id = wanted."contactId"`)
          .returningAll('contacts')
          .returning(inOne),
      ),

    /** Each in its own way; those of whom the same columns change are one statement. @returns them as single-contact replies have them */
    change: async (changes: readonly ManyChange[], by: Author): Promise<ContactJson[]> => {
      const changed: ContactJson[] = []
      for (const [names, rows] of byColumns(changes)) {
        const update = db
          .updateTable('contacts')
          .from(newColumns(names, rows).as('wanted'))
          .set({
            ...Object.fromEntries(names.map((name) => [name, sql`wanted.${sql.ref(`new ${name}`)}`])),
            lastUpdatedBy: JSON.stringify(by),
            dateUpdated: by.timestamp,
          })
          .where('locationId', '=', locationId)
          .where(sql<boolean>`contacts.id = wanted."contactId"`)
        changed.push(...(await each(db, Contact, update.returningAll('contacts').returning(inOne))))
      }
      return changed
    },

    /** @returns those that were not under that business before */
    setBusiness: (ids: readonly string[], businessId: string | null, by: Author) =>
      each(
        db,
        Contact,
        db
          .updateTable('contacts')
          .set({ businessId, lastUpdatedBy: JSON.stringify(by), dateUpdated: by.timestamp })
          .where('locationId', '=', locationId)
          .where(among(ids))
          .where(sql<boolean>`"businessId" is distinct from ${businessId}`)
          .returningAll()
          .returning(inOne),
      ),

    idsAmong: async (ids: readonly string[]) => (await mine.select('id').where(among(ids)).execute()).map(({ id }) => id),

    ofBusiness: async (businessId: string, { query, skip, limit }: { query?: string; skip: number; limit: number }) => {
      const under = mine.where('businessId', '=', businessId)
      const matching = query ? under.where(textMatch(query)) : under
      const rows = matching.select(inRows).select(inRow).orderBy('dateAdded', 'desc').orderBy('id', 'desc')
      const [found, count] = await Promise.all([
        page(db, ContactRow, rows.limit(sql.lit(limit)).offset(sql.lit(skip)), { search: true }),
        countUpTo(db, matching),
      ])
      return { contacts: found.items, count }
    },
  }
}
