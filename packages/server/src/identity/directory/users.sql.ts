import { api, defaultPermissions } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page, sparseRows } from '../../database/wire.js'
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
const restricted = sql<boolean>`(type = 'agency' and role = 'user' and not "isOwner")`
const roles = sql<unknown>`row_to_json((select r from (select type, role, ${inLocations} as "locationIds", ${restricted} as "restrictSubAccount") r))`
// The expression of the index `users_text`, word for word.
const searchText = sql<string>`lower("firstName" || ' ' || "lastName" || ' ' || email::text || ' ' || coalesce(phone, ''))`
const assignedTo = (locationId: string) =>
  sql<boolean>`exists (select from "userLocations" where "userId" = users.id and "locationId" = ${locationId})`

/** Puts a user into sub-accounts, which must be of the user's own agency. */
export const assignTo = async (db: Db, userId: string, locationIds: readonly string[]): Promise<void> => {
  if (locationIds.length === 0) return
  const rows = [...new Set(locationIds)].map((locationId) => ({ userId, locationId }))
  await db.insertInto('userLocations').values(rows).execute()
}

/** How a user is reached outside the portal. */
export interface Reached {
  readonly id: string
  readonly email: string
  readonly phone: string | null
}

const mostReached = 200

/** Of those ids the users of a sub-account or of its agency, and, if asked, all who run the sub-account. */
export const usersReached = (db: Db, locationId: string, ids: readonly string[], admins: boolean): Promise<Reached[]> =>
  db
    .selectFrom('users')
    .innerJoin('locations', 'locations.companyId', 'users.companyId')
    .select(['users.id', 'users.email', 'users.phone'])
    .where('locations.id', '=', locationId)
    .where('users.deleted', '=', false)
    .where(sql<boolean>`(users.type = 'agency' or ${assignedTo(locationId)})`)
    .where(
      sql<boolean>`(users.id = any(${sql.val(ids)}::text[])
        or (${admins} and users.type = 'account' and users.role = 'admin' and ${assignedTo(locationId)}))`,
    )
    .orderBy('users.id')
    .limit(sql.lit(mostReached))
    .execute()

/** Users of one agency and of its sub-accounts, as the wire has them. */
export const usersOf = (db: Db, companyId: string) => {
  const living = db.selectFrom('users').where('companyId', '=', companyId).where('deleted', '=', false)
  const filtered = ({ query, locationId, type, role, ids }: UserFilter) => {
    let rows = living
    if (query) rows = rows.where(searchText, 'like', likely(query))
    if (locationId !== undefined) rows = rows.where(assignedTo(locationId))
    if (type !== undefined) rows = rows.where('type', '=', type)
    if (role !== undefined) rows = rows.where('role', '=', role)
    if (ids !== undefined) rows = rows.where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
    return rows
  }
  const whole = (rows: typeof living) =>
    rows
      .select([
        'id',
        'firstName',
        'lastName',
        'email',
        'phone',
        'extension',
        'permissions',
        'scopes',
        'deleted',
        'platformLanguage',
      ])
      .select([fullName.as('name'), roles.as('roles'), sql`null`.as('lcPhone')])
  return {
    find: (id: string) => one(db, User, whole(living.where('id', '=', id))),
    findIn: (id: string, locationId: string) => one(db, User, whole(living.where('id', '=', id).where(assignedTo(locationId)))),
    inLocation: (locationId: string) =>
      sparseRows(db, User, whole(living.where(assignedTo(locationId)).orderBy('dateAdded').orderBy('id'))),
    search: async ({ sort, sortDirection, skip, limit, ...filter }: UserPage) => {
      const by = sort === 'name' ? fullName : sql.ref(sort)
      const rows = filtered(filter)
        .orderBy(by, sortDirection)
        .orderBy('id', sortDirection)
        .limit(sql.lit(limit))
        .offset(sql.lit(skip))
      const items = await sparseRows(db, User, whole(rows))
      const { count } = await filtered(filter)
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return { items, count }
    },
    /** Those whose address is in the list, in lower case; only the deleted ones if asked. */
    byEmail: async (emails: readonly string[], deleted: boolean, skip: number, limit: number) => {
      const named = db
        .selectFrom('users')
        .where('companyId', '=', companyId)
        .where('deleted', '=', deleted)
        .where(sql<boolean>`email = any(${sql.val(emails)}::citext[])`)
      const total = sql<number>`(select count(*)::int from (${named.select('id')}) n)`
      const rows = named.orderBy('email').orderBy('id').limit(sql.lit(limit)).offset(sql.lit(skip))
      const { items, total: count } = await page(db, User, whole(rows), { total })
      return { users: items, count }
    },
    ofAccount: async (accountId: string): Promise<UserInfo | undefined> =>
      living
        .select(['id', 'type', 'role', 'isOwner', inLocations.as('locationIds')])
        .where('accountId', '=', accountId)
        .executeTakeFirst(),
    add: async (
      id: string,
      { locationIds = [], isOwner = false, permissions, twilioPhone, ...user }: Omit<NewUser, 'companyId'>,
      dateAdded: Date,
    ) => {
      const row = {
        ...user,
        id,
        companyId,
        isOwner,
        dateAdded,
        permissions: JSON.stringify({ ...defaultPermissions, ...permissions }),
        twilioPhone: JSON.stringify(twilioPhone ?? {}),
      }
      await db.insertInto('users').values(row).execute()
      await assignTo(db, id, locationIds)
    },
  }
}

/** First and last name, also of somebody who has left. */
export const userNameById = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.selectFrom('users').select(fullName.as('name')).where('id', '=', id).executeTakeFirst())?.name

/** Which of these ids are users of an agency or of its sub-accounts, also of those that were deleted. */
export const peopleAmong = async (db: Db, companyId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const mine = db.selectFrom('users').select('id').where('companyId', '=', companyId)
  const rows = await mine.where(sql<boolean>`id = any(${sql.val(ids)}::text[])`).execute()
  return new Set(rows.map(({ id }) => id))
}

/** Those of the ids that are living users of the sub-account, or of the agency that it belongs to. */
export const usersAmong = async (db: Db, locationId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const company = db.selectFrom('locations').select('companyId').where('locations.id', '=', locationId)
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
    .where('deleted', '=', false)
    .where((eb) => eb.or([assignedTo(locationId), eb.and([eb('type', '=', 'agency'), eb('companyId', '=', company)])]))
    .execute()
  return new Set(rows.map(({ id }) => id))
}
