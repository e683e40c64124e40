import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { CustomValue } = shapes

/** The list is not paged on the wire, so there is an end to it. */
export const mostValues = 2000

const fieldKey = sql<string>`'{{ custom_values.' || key || ' }}'`.as('fieldKey')
/** As recorded of the live service: a value is a field, as custom fields have it. */
const documentType = sql<string>`'field'`.as('documentType')
const derived = [fieldKey, documentType] as const

/** Custom values of one location. */
export const customValuesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('customValues').where('locationId', '=', locationId)
  const owned = { locationId }
  return {
    list: () =>
      sparseRows(db, CustomValue, mine.selectAll().select(derived).orderBy('name').orderBy('id').limit(sql.lit(mostValues))),
    find: (id: string) => one(db, CustomValue, mine.selectAll().select(derived).where('id', '=', id)),

    /** Nobody else adds a value here until the transaction ends: keys are counted up. */
    hold: () => sql`select pg_advisory_xact_lock(hashtextextended(${`${locationId}\ncustom values`}, 10))`.execute(db),
    keys: async () => new Set((await mine.select('key').limit(sql.lit(mostValues)).execute()).map(({ key }) => key)),

    add: (value: { id: string; name: string; key: string; value: string }, now: Date) => {
      const row = { ...value, ...owned, dateAdded: now, dateUpdated: now }
      return one(db, CustomValue, db.insertInto('customValues').values(row).returningAll().returning(derived))
    },
    change: (id: string, change: { name: string; value: string }, dateUpdated: Date) => {
      const changed = db.updateTable('customValues').set({ ...change, dateUpdated })
      const row = changed.where('locationId', '=', locationId).where('id', '=', id)
      return one(db, CustomValue, row.returningAll().returning(derived))
    },
    remove: (id: string) => {
      const gone = db.deleteFrom('customValues').where('locationId', '=', locationId).where('id', '=', id)
      return one(db, CustomValue, gone.returningAll().returning(derived))
    },
  }
}

/**
 * Values by key, for templates.
 *
 * @param keys only these; without them all
 */
export const customValuesByKey = async (
  db: Db,
  locationId: string,
  keys?: readonly string[],
): Promise<Record<string, string>> => {
  if (keys?.length === 0) return {}
  const all = db.selectFrom('customValues').where('locationId', '=', locationId)
  const asked = keys ? all.where('key', 'in', [...keys]) : all
  const rows = await asked.select(['key', 'value']).orderBy('key').limit(sql.lit(mostValues)).execute()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}
