import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { CompanyChange, CompanyInfo, NewCompany } from '../people.js'

export const companiesOf = (db: Db) => ({
  find: async (id: string): Promise<CompanyInfo | undefined> =>
    db
      .selectFrom('companies')
      .select(['id', 'name', 'email', 'phone', 'website', 'timezone', 'isWhitelabel', 'whitelabelDomain', 'logoUrl'])
      .select((company) =>
        company
          .selectFrom('users')
          .select(sql<string>`btrim("firstName" || ' ' || "lastName")`.as('owner'))
          .whereRef('users.companyId', '=', 'companies.id')
          .where('users.isOwner', '=', true)
          .where('users.deleted', '=', false)
          .limit(1)
          .as('ownerName'),
      )
      .where('id', '=', id)
      .executeTakeFirst(),
  add: async (id: string, company: NewCompany, dateAdded: Date) => {
    const absent = { email: null, phone: null, website: null, timezone: null, whitelabelDomain: null, logoUrl: null }
    await db
      .insertInto('companies')
      .values({ ...absent, ...company, id, dateAdded })
      .execute()
  },
})

const profileColumns = [
  'id',
  'name',
  'email',
  'logoUrl',
  'phone',
  'website',
  'domain',
  'address',
  'city',
  'postalCode',
  'country',
  'state',
  'timezone',
  'profile',
] as const

/** All that an agency has said of itself. */
export const companyProfile = async (db: Db, id: string) => {
  const row = await db.selectFrom('companies').select(profileColumns).where('id', '=', id).executeTakeFirst()
  return row && { ...row, profile: row.profile as Readonly<Record<string, never>> }
}

/** Changes the sent fields; of what is kept beside the columns null takes a field away. */
export const changeCompany = async (db: Db, id: string, { profile = {}, ...sent }: CompanyChange): Promise<void> => {
  const merged = sql`jsonb_strip_nulls(profile || ${JSON.stringify(profile)}::jsonb)`
  await db
    .updateTable('companies')
    .set({ ...sent, profile: merged })
    .where('id', '=', id)
    .execute()
}
