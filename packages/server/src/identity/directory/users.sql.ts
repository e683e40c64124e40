import { api } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import type { NewUser, UserInfo } from '../people.js'
import { likely } from './locations.sql.js'

const User = api.users.user.get.reply

export interface UserFilter {
  readonly query?: string | undefined
  readonly locationId?: string | undefined
  readonly type?: 'account' | 'agency' | undefined
  readonly role?: 'admin' | 'user' | undefined
  readonly ids?: readonly string[] | undefined
}

export interface UserPage extends UserFilter {
  readonly sort: 'dateAdded' | 'name' | 'email'
  readonly sortDirection: 'asc' | 'desc'
  readonly skip: number
  readonly limit: number
}

const fullName = sql<string>`btrim("firstName" || ' ' || "lastName")`
const inLocations = sql<string[]>`array(select "locationId" from "userLocations" where "userId" = users.id order by "locationId")`
const roles = sql<unknown>`row_to_json((select r from (select type, role, ${inLocations} as "locationIds") r))`
const assignedTo = (locationId: string) =>
  sql<boolean>`exists (select from "userLocations" where "userId" = users.id and "locationId" = ${locationId})`

/** Users of one agency and of its sub-accounts, as the wire has them. */
export const usersOf = (db: Db, companyId: string) => {
  const living = db.selectFrom('users').where('companyId', '=', companyId).where('deleted', '=', false)
  const filtered = ({ query, locationId, type, role, ids }: UserFilter) => {
    let rows = living
    if (query)
      rows = rows.where(sql<string>`lower(${fullName} || ' ' || email || ' ' || coalesce(phone, ''))`, 'like', likely(query))
    if (locationId !== undefined) rows = rows.where(assignedTo(locationId))
    if (type !== undefined) rows = rows.where('type', '=', type)
    if (role !== undefined) rows = rows.where('role', '=', role)
    if (ids !== undefined) rows = rows.where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
    return rows
  }
  const whole = (rows: typeof living) =>
    rows.selectAll().select([fullName.as('name'), roles.as('roles'), sql`null`.as('lcPhone')])
  return {
    find: (id: string) => one(db, User, whole(living.where('id', '=', id))),
    findIn: (id: string, locationId: string) => one(db, User, whole(living.where('id', '=', id).where(assignedTo(locationId)))),
    inLocation: (locationId: string) =>
      page(db, User, whole(living.where(assignedTo(locationId)).orderBy('dateAdded').orderBy('id'))),
    search: async ({ sort, sortDirection, skip, limit, ...filter }: UserPage) => {
      const by = sort === 'name' ? fullName : sql.ref(sort)
      const rows = filtered(filter)
        .orderBy(by, sortDirection)
        .orderBy('id', sortDirection)
        .limit(sql.lit(limit))
        .offset(sql.lit(skip))
      const { items } = await page(db, User, whole(rows))
      const { count } = await filtered(filter)
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return { items, count }
    },
    ofAccount: async (accountId: string): Promise<UserInfo | undefined> =>
      living
        .select(['id', 'type', 'role', 'isOwner', inLocations.as('locationIds')])
        .where('accountId', '=', accountId)
        .executeTakeFirst(),
    add: async (
      id: string,
      { locationIds = [], phone, isOwner = false, ...user }: Omit<NewUser, 'companyId'>,
      dateAdded: Date,
    ) => {
      const row = { ...user, id, companyId, isOwner, phone: phone ?? null, extension: null, dateAdded }
      await db.insertInto('users').values(row).execute()
      if (locationIds.length > 0) {
        await db
          .insertInto('userLocations')
          .values(locationIds.map((locationId) => ({ userId: id, locationId })))
          .execute()
      }
    },
  }
}

/** First and last name, also of somebody who has left. */
export const userNameById = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.selectFrom('users').select(fullName.as('name')).where('id', '=', id).executeTakeFirst())?.name
