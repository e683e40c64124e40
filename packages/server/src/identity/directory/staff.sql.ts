import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { assignTo } from './users.sql.js'

/** A user as those who decide about users see one. */
export interface Member {
  readonly id: string
  readonly accountId: string | null
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly type: 'agency' | 'account'
  readonly role: 'admin' | 'user'
  readonly isOwner: boolean
  readonly locationIds: readonly string[]
}

/** What can be changed of a user; `permissions` are laid over those that were there. */
export interface MemberChange {
  readonly firstName?: string
  readonly lastName?: string
  readonly phone?: string | null
  readonly extension?: string | null
  readonly type?: 'agency' | 'account'
  readonly role?: 'admin' | 'user'
  readonly permissions?: Readonly<Record<string, boolean | undefined>>
  readonly scopes?: readonly string[]
  readonly scopesAssignedToOnly?: readonly string[]
  readonly profilePhoto?: string | null
  readonly platformLanguage?: string
  readonly twilioPhone?: Readonly<Record<string, unknown>>
  readonly accountId?: string
}

const inLocations = sql<string[]>`array(select "locationId" from "userLocations" where "userId" = users.id order by "locationId")`
const columns = ['id', 'accountId', 'email', 'firstName', 'lastName', 'type', 'role', 'isOwner'] as const

const rowOf = ({ permissions, twilioPhone, scopes, scopesAssignedToOnly, ...plain }: MemberChange) => ({
  ...plain,
  ...(scopes && { scopes: [...scopes] }),
  ...(scopesAssignedToOnly && { scopesAssignedToOnly: [...scopesAssignedToOnly] }),
  ...(permissions && { permissions: sql`permissions || ${JSON.stringify(permissions)}::jsonb` }),
  ...(twilioPhone && { twilioPhone: JSON.stringify(twilioPhone) }),
})

/** Users of one agency, for whoever hires, changes and dismisses them. */
export const staffOf = (db: Db, companyId: string) => {
  const living = db.selectFrom('users').where('companyId', '=', companyId).where('deleted', '=', false)
  const deciding = living.where('type', '=', 'agency').where((or) => or.or([or('isOwner', '=', true), or('role', '=', 'admin')]))
  return {
    /** One who has left is still what they were: an install made by them does not gain by that. */
    caller: (id: string) =>
      db
        .selectFrom('users')
        .select(['type', 'role', 'isOwner'])
        .where('companyId', '=', companyId)
        .where('id', '=', id)
        .executeTakeFirst(),
    emailOf: async (id: string) => (await living.select('email').where('id', '=', id).executeTakeFirst())?.email,
    /** Two who dismiss each other at once wait here: an agency never ends without anybody who decides. */
    lockCompany: async () => {
      await db.selectFrom('companies').select('id').where('id', '=', companyId).forUpdate().execute()
    },
    lock: (id: string): Promise<Member | undefined> =>
      living
        .select([...columns, inLocations.as('locationIds')])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst(),
    /** Who else decides for the agency, longest there first. */
    otherDeciders: (id: string) =>
      deciding.select(['id', 'isOwner']).where('id', '<>', id).orderBy('dateAdded').orderBy('id').limit(sql.lit(1)).execute(),
    /** How many of the given are living sub-accounts of the agency. */
    countOwnLocations: async (ids: readonly string[]) => {
      const { n } = await db
        .selectFrom('locations')
        .select((row) => row.fn.countAll<number>().as('n'))
        .where('companyId', '=', companyId)
        .where('status', '<>', 'deleted')
        .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
        .executeTakeFirstOrThrow()
      return n
    },
    change: async (id: string, change: MemberChange) => {
      const row = rowOf(change)
      if (Object.keys(row).length === 0) return
      await db.updateTable('users').set(row).where('companyId', '=', companyId).where('id', '=', id).execute()
    },
    assign: async (id: string, locationIds: readonly string[]) => {
      await db.deleteFrom('userLocations').where('userId', '=', id).execute()
      await assignTo(db, id, locationIds)
    },
    makeOwner: async (id: string) => {
      await db.updateTable('users').set({ isOwner: true }).where('companyId', '=', companyId).where('id', '=', id).execute()
    },
    /** The row stays, so that notes and installs can still say whose they were. */
    remove: async (id: string) => {
      await db.deleteFrom('userLocations').where('userId', '=', id).execute()
      await db
        .updateTable('users')
        .set({ deleted: true, isOwner: false, accountId: null })
        .where('companyId', '=', companyId)
        .where('id', '=', id)
        .execute()
    },
  }
}
