import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../database/wire.js'

/** Whom an address belongs to. */
export interface MailBox {
  readonly token: string
  readonly locationId: string
  /** Null: the sub-account's own. */
  readonly contactId: string | null
}

const newToken = () => randomBytes(12).toString('hex')

/** The box that a token names; whoever knows the token may write to it. */
export const mailBox = (db: Db, token: string): Promise<MailBox | undefined> =>
  db.selectFrom('mailAddresses').select(['token', 'locationId', 'contactId']).where('token', '=', token).executeTakeFirst()

/** Tokens of one location. */
export const mailTokensOf = (db: Db, locationId: string) => {
  const find = async (contactId: string | null) => {
    const row = await db
      .selectFrom('mailAddresses')
      .select('token')
      .where('locationId', '=', locationId)
      .where('contactId', contactId === null ? 'is' : '=', contactId)
      .orderBy('dateAdded')
      .limit(sql.lit(1))
      .executeTakeFirst()
    return row?.token
  }
  return {
    /** The token of a contact, or with null the location's own, if there is one. */
    find,
    /** The token of a contact, or with null the location's own; made where there is none. */
    keep: async (contactId: string | null, now: Date): Promise<string> => {
      const known = await find(contactId)
      if (known !== undefined) return known
      const row = { token: newToken(), locationId, contactId, dateAdded: now }
      await db
        .insertInto('mailAddresses')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await find(contactId)) ?? row.token
    },
    /** Answers to old mails go on to whoever the contact became. */
    move: async (from: string, to: string): Promise<void> => {
      await db
        .updateTable('mailAddresses')
        .set({ contactId: to })
        .where('locationId', '=', locationId)
        .where('contactId', '=', from)
        .execute()
    },
  }
}
