import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** Everything that came of one consent, or of one exchange for a sub-account: revoked as one. */
export interface Family {
  readonly id: string
  readonly appId: string
  readonly versionId: string
  readonly clientId: string
  readonly installId: string
  readonly companyId: string
  readonly locationId: string | null
  readonly userId: string
  readonly scopes: string[]
  readonly skewMs: number
  readonly revokedAt: Date | null
}

const columns = [
  'id',
  'appId',
  'versionId',
  'clientId',
  'installId',
  'companyId',
  'locationId',
  'userId',
  'scopes',
  'skewMs',
  'revokedAt',
] as const

export type NewFamily = Omit<Family, 'skewMs' | 'revokedAt'> & { readonly dateAdded: Date }

/** Channel on which every process hears that it must forget tokens. */
export const revokedChannel = 'groundlevel_revoked'

export const familiesOf = (db: Db) => {
  /** PostgreSQL hands it out at commit, and not at all after a rollback. */
  const announce = () => sql`select pg_notify(${revokedChannel}, '')`.execute(db)

  const end = async (
    where: { id: string } | { installIds: readonly string[] } | { clientId: string } | { locationId: string },
    because: string,
    now: Date,
  ) => {
    const rows = await db
      .updateTable('tokenFamilies')
      .set({ revokedAt: now, revokedBecause: because })
      .where('revokedAt', 'is', null)
      .where((eb) =>
        'id' in where
          ? eb('id', '=', where.id)
          : 'clientId' in where
            ? eb('clientId', '=', where.clientId)
            : 'locationId' in where
              ? eb('locationId', '=', where.locationId)
              : eb('installId', 'in', [...where.installIds]),
      )
      .returning(['id', 'appId', 'companyId', 'locationId', 'installId'])
      .execute()
    if (rows.length > 0) await announce()
    return rows
  }

  return {
    byId: (id: string): Promise<Family | undefined> =>
      db.selectFrom('tokenFamilies').select(columns).where('id', '=', id).executeTakeFirst(),
    add: async (family: NewFamily): Promise<void> => {
      await db.insertInto('tokenFamilies').values(family).execute()
    },
    announce,
    end: (id: string, because: string, now: Date) => end({ id }, because, now),
    endOfInstalls: (installIds: readonly string[], because: string, now: Date) => end({ installIds }, because, now),
    endOfClient: (clientId: string, because: string, now: Date) => end({ clientId }, because, now),
    endOfLocation: (locationId: string, because: string, now: Date) => end({ locationId }, because, now),
    /** Codes that wait must go before the families: one that is being exchanged this moment is waited for, and its family then found. */
    endCodes: async (installIds: readonly string[], now: Date): Promise<void> => {
      await db
        .updateTable('authorizationCodes')
        .set({ usedAt: now })
        .where('installId', 'in', [...installIds])
        .where('usedAt', 'is', null)
        .execute()
    },
  }
}

/** What tokens name as their audience: a value of this installation that survives a change of port. */
export const audienceOf = async (db: Db, proposal: string): Promise<string> => {
  await db
    .insertInto('installation')
    .values({ name: 'audience', value: proposal })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db.selectFrom('installation').select('value').where('name', '=', 'audience').executeTakeFirstOrThrow()
  return value
}
