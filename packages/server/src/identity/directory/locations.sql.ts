import { t } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import { defaultSettings, type LocationChoice, type LocationInfo, type NewLocation } from '../people.js'

const Location = api.locations.location.get.reply.properties.location
const LocationRow = t.Omit(Location, ['companyId', 'business', 'dateAdded'])

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

const business = sql<unknown>`row_to_json((select b from (select name, email, address, city, state, country, "postalCode", website, timezone) b))`
const searchText = sql<string>`lower(name || ' ' || coalesce(city, '') || ' ' || coalesce(email, ''))`

/** Text as `like` looks for it literally. */
export const likely = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Sub-accounts of one agency: the only way to read one by its id, but for `locationById`. */
export const locationsOf = (db: Db, companyId: string) => {
  const mine = db.selectFrom('locations').where('companyId', '=', companyId)
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
        .select(['id', 'name', sql<string>`coalesce(city, email, '')`.as('detail')])
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
    add: async (id: string, location: Omit<NewLocation, 'companyId'>, dateAdded: Date) => {
      const { settings, ...rest } = location
      const absent = {
        phone: null,
        email: null,
        address: null,
        city: null,
        state: null,
        country: null,
        postalCode: null,
        website: null,
      }
      const whole = JSON.stringify({ ...defaultSettings, ...settings })
      const row = { ...absent, timezone: null, ...rest, id, companyId, dateAdded, settings: sql`${whole}::jsonb` }
      await db.insertInto('locations').values(row).execute()
    },
  }
}

/** Whose sub-account it is, and its rules: asked for before anybody knows which agency is meant. */
export const locationById = async (db: Db, id: string): Promise<LocationInfo | undefined> => {
  const columns = ['id', 'companyId', 'name', 'status', 'country', 'timezone', 'settings'] as const
  const row = await db.selectFrom('locations').select(columns).where('id', '=', id).executeTakeFirst()
  return row as LocationInfo | undefined
}
