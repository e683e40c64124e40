import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import { defaultSettings, type LocationChange, type LocationChoice, type LocationInfo, type NewLocation } from '../people.js'

const { Location, LocationRow, LocationWritten } = shapes

/** What a page of sub-accounts may be narrowed to. */
export interface LocationFilter {
  readonly locationId?: string | undefined
  readonly email?: string | undefined
  readonly order: 'asc' | 'desc'
  readonly skip: number
  readonly limit: number
}

/** What a chooser asks for. */
export interface ChoiceFilter {
  readonly query?: string | undefined
  readonly ids?: readonly string[] | undefined
  readonly limit: number
  readonly offset: number
}

const business = sql<unknown>`row_to_json((select b from (select name, email, address, city, state, country, "postalCode", website, timezone, "logoUrl") b))`
const searchText = sql<string>`lower(name || ' ' || coalesce(city, '') || ' ' || coalesce(email, ''))`

/** Text as `like` looks for it literally. */
export const likely = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Sub-accounts of one agency: the only way to read one by its id, but for `locationById`. */
export const locationsOf = (db: Db, companyId: string) => {
  const mine = db.selectFrom('locations').where('companyId', '=', companyId).where('status', '<>', 'deleted')
  const choices = ({ query, ids }: Pick<ChoiceFilter, 'query' | 'ids'>) => {
    const named = query ? mine.where(searchText, 'like', likely(query)) : mine
    return ids ? named.where(sql<boolean>`id = any(${sql.val(ids)}::text[])`) : named
  }
  return {
    find: (id: string) => one(db, Location, mine.selectAll().select(business.as('business')).where('id', '=', id)),
    search: ({ locationId, email, order, skip, limit }: LocationFilter) => {
      const one = locationId === undefined ? mine : mine.where('id', '=', locationId)
      const wanted = email === undefined ? one : one.where(sql<string>`lower(email)`, '=', email.toLowerCase())
      const rows = wanted.selectAll().orderBy('name', order).orderBy('id', order).limit(sql.lit(limit)).offset(sql.lit(skip))
      return page(db, LocationRow, rows)
    },
    choices: async ({ limit, offset, ...filter }: ChoiceFilter) => {
      const rows: LocationChoice[] = await choices(filter)
        .select(['id', 'name', 'status', sql<string>`coalesce(city, email, '')`.as('detail')])
        .orderBy('name')
        .orderBy('id')
        .limit(sql.lit(limit))
        .offset(sql.lit(offset))
        .execute()
      const counted = await choices(filter)
        .select((row) => row.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      return { rows, total: counted.total }
    },
    count: async () => {
      const { total } = await mine.select((row) => row.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      return total
    },
    add: async (id: string, { settings, social, ...location }: Omit<NewLocation, 'companyId'>, dateAdded: Date) => {
      const row = {
        ...location,
        id,
        companyId,
        dateAdded,
        settings: JSON.stringify({ ...defaultSettings, ...settings }),
        social: JSON.stringify(social ?? {}),
      }
      await db.insertInto('locations').values(row).execute()
    },
    written: (id: string) => one(db, LocationWritten, mine.selectAll().where('id', '=', id)),
    /** Settings and social addresses are laid over those that were there. */
    change: (id: string, { settings, social, ...plain }: LocationChange) => {
      const row = {
        ...plain,
        ...(settings && { settings: sql`settings || ${JSON.stringify(settings)}::jsonb` }),
        ...(social && { social: sql`social || ${JSON.stringify(social)}::jsonb` }),
        companyId,
      }
      const changed = db.updateTable('locations').set(row).where('companyId', '=', companyId).where('status', '<>', 'deleted')
      return one(db, LocationWritten, changed.where('id', '=', id).returningAll())
    },
    /** What was given for a provider of messages; sealed, since it opens somebody's account there. */
    setProvider: async (locationId: string, provider: 'twilio' | 'mailgun', sealed: Buffer, dateAdded: Date) => {
      await db
        .insertInto('locationProviders')
        .values({ locationId, provider, sealed, dateAdded })
        .onConflict((conflict) => conflict.columns(['locationId', 'provider']).doUpdateSet({ sealed, dateAdded }))
        .execute()
    },
    setStatus: async (id: string, status: 'active' | 'paused' | 'deleted') => {
      const { numUpdatedRows } = await db
        .updateTable('locations')
        .set({ status })
        .where('companyId', '=', companyId)
        .where('status', '<>', 'deleted')
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    /** Users stay users of the agency; they are in this sub-account no longer. */
    empty: async (locationId: string) => {
      await db.deleteFrom('userLocations').where('locationId', '=', locationId).execute()
    },
  }
}

/** Whose sub-account it is, and its rules: asked for before anybody knows which agency is meant. */
export const locationById = async (db: Db, id: string): Promise<LocationInfo | undefined> => {
  const columns = ['id', 'companyId', 'name', 'status', 'country', 'timezone', 'settings'] as const
  const living = db.selectFrom('locations').select(columns).where('status', '<>', 'deleted')
  const row = await living.where('id', '=', id).executeTakeFirst()
  return row as LocationInfo | undefined
}

/** Sub-accounts whose data is to be removed. */
export const deletedLocations = async (db: Db): Promise<readonly string[]> => {
  const rows = await db.selectFrom('locations').select('id').where('status', '=', 'deleted').limit(sql.lit(100)).execute()
  return rows.map(({ id }) => id)
}

/** The row itself, once nothing refers to it any more. */
export const dropLocation = async (db: Db, id: string): Promise<void> => {
  await db.deleteFrom('locations').where('id', '=', id).where('status', '=', 'deleted').execute()
}
