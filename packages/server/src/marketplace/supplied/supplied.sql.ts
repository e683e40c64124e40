import type { Static, TSchema } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { Db } from '../../database/wire.js'

/** More than any app supplies. */
const most = 200

/** Where the app has one of that key already. */
export const isKeyTaken = (error: unknown) =>
  /^app_(triggers|actions)_one_key$/.test(String((error as { constraint?: unknown }).constraint))

type Fields = Readonly<Record<string, unknown>>

/** Lists and objects as JSON. */
const stored = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value,
    ]),
  )

type Stored = Selectable<Tables['appTriggers'] | Tables['appActions']>

const shown = <S extends TSchema>({ appId: _, dateAdded, dateUpdated, ...rest }: Stored) =>
  ({ ...rest, dateAdded: dateAdded.toISOString(), dateUpdated: dateUpdated.toISOString() }) as unknown as Static<S>

/** What one app supplies of one kind, as My Apps shows it. */
const suppliedOf = <S extends TSchema>(db: Db, appId: string, kind: 'appTriggers' | 'appActions') => {
  // Kysely does not follow a table that is one of two.
  const table = kind as 'appTriggers'
  const changing = db.updateTable(table).where('appId', '=', appId)
  return {
    list: async (): Promise<Static<S>[]> => {
      const rows = db.selectFrom(table).selectAll().where('appId', '=', appId).orderBy('name').orderBy('id').limit(sql.lit(most))
      return (await rows.execute()).map((row) => shown<S>(row))
    },
    add: async (id: string, fields: Fields, now: Date): Promise<Static<S>> => {
      const row = { ...stored(fields), appId, id, version: 1, dateAdded: now, dateUpdated: now }
      const added = db.insertInto(table).values(row as unknown as Insertable<Tables['appTriggers']>)
      return shown<S>(await added.returningAll().executeTakeFirstOrThrow())
    },
    change: async (id: string, fields: Fields, now: Date): Promise<Static<S> | undefined> => {
      const set = { ...stored(fields), version: sql<number>`version + 1`, dateUpdated: now }
      const row = await changing.set(set).where('id', '=', id).returningAll().executeTakeFirst()
      return row && shown<S>(row)
    },
    remove: async (id: string): Promise<boolean> => {
      const gone = db.deleteFrom(table).where('appId', '=', appId).where('id', '=', id)
      return (await gone.returning('id').executeTakeFirst()) !== undefined
    },
  }
}

export const triggersOf = (db: Db, appId: string) => suppliedOf<typeof shapes.AppTrigger>(db, appId, 'appTriggers')
export const actionsOf = (db: Db, appId: string) => suppliedOf<typeof shapes.AppAction>(db, appId, 'appActions')

/** What several apps supply, addresses and headers included: for those who call them. */
export const suppliedBy = async (db: Db, appIds: readonly string[]) => {
  if (appIds.length === 0) return { triggers: [], actions: [] }
  const ofApps = sql<boolean>`"appId" = any(${sql.val(appIds)}::text[])`
  return {
    triggers: await db.selectFrom('appTriggers').selectAll().where(ofApps).orderBy('appId').orderBy('key').execute(),
    actions: await db.selectFrom('appActions').selectAll().where(ofApps).orderBy('appId').orderBy('key').execute(),
  }
}
