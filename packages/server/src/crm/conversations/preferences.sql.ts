import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** The kind of e-mails that every sub-account has. */
export const oneOnOne = 'One on One'

export interface Preference {
  readonly contactId: string
  readonly email: string
  readonly subtypeId: string
  readonly status: 'subscribed' | 'unsubscribed'
  readonly legalReason: string | null
  readonly legalDescription: string | null
  readonly changedBy: string | null
  readonly dateUpdated: Date
}

/** What the contacts of one location want to be written about. */
export const preferencesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('emailPreferences').where('locationId', '=', locationId)
  return {
    /** Whether the address has unsubscribed from this kind of e-mail. */
    refuses: async (contactId: string, email: string, subtypeId: string = oneOnOne): Promise<boolean> => {
      const row = mine.select('status').where('contactId', '=', contactId).where('email', '=', email)
      return (await row.where('subtypeId', '=', subtypeId).executeTakeFirst())?.status === 'unsubscribed'
    },
    /** Those of the contacts whose address has: ids by which to leave them out. */
    refusing: async (
      addresses: readonly { readonly contactId: string; readonly email: string }[],
      subtypeId: string = oneOnOne,
    ): Promise<ReadonlySet<string>> => {
      if (addresses.length === 0) return new Set()
      const rows = await mine
        .select('contactId')
        .where(
          sql<boolean>`("contactId", email) in (select * from unnest(
            ${sql.val(addresses.map(({ contactId }) => contactId))}::text[], ${sql.val(addresses.map(({ email }) => email))}::text[]))`,
        )
        .where('subtypeId', '=', subtypeId)
        .where('status', '=', 'unsubscribed')
        .execute()
      return new Set(rows.map(({ contactId }) => contactId))
    },
    of: (contactId: string): Promise<Preference[]> =>
      mine.selectAll().where('contactId', '=', contactId).orderBy('email').orderBy('subtypeId').limit(sql.lit(1000)).execute(),
    set: async (preference: Preference): Promise<void> => {
      await db
        .insertInto('emailPreferences')
        .values({ ...preference, locationId })
        .onConflict((conflict) =>
          conflict.columns(['locationId', 'contactId', 'email', 'subtypeId']).doUpdateSet({
            status: preference.status,
            legalReason: preference.legalReason,
            legalDescription: preference.legalDescription,
            changedBy: preference.changedBy,
            dateUpdated: preference.dateUpdated,
          }),
        )
        .execute()
    },
  }
}
