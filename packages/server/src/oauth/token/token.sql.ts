import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { Family } from '../access/families.sql.js'

const codeColumns = [
  'appId',
  'versionId',
  'clientId',
  'installId',
  'companyId',
  'locationId',
  'userId',
  'scopes',
  'redirectUri',
  'codeChallenge',
  'expiresAt',
  'usedAt',
  'familyId',
] as const

export interface Code {
  readonly appId: string
  readonly versionId: string
  readonly clientId: string
  readonly installId: string
  readonly companyId: string
  readonly locationId: string | null
  readonly userId: string
  readonly scopes: string[]
  readonly redirectUri: string
  readonly codeChallenge: string | null
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly familyId: string | null
}

export type NewCode = Omit<Code, 'usedAt' | 'familyId'> & { readonly codeHash: Buffer; readonly dateAdded: Date }

/** A refresh token about to be stored. */
export interface NewRefresh {
  readonly tokenHash: Buffer
  readonly id: string
  readonly expiresAt: Date
}

export const codesOf = (db: Db) => ({
  add: async (code: NewCode): Promise<void> => {
    await db
      .insertInto('authorizationCodes')
      .values({ ...code, usedAt: null, familyId: null })
      .execute()
  },
  find: (codeHash: Buffer): Promise<Code | undefined> =>
    db.selectFrom('authorizationCodes').select(codeColumns).where('codeHash', '=', codeHash).executeTakeFirst(),
  /** One statement spends the code and stores what it buys: of any number of callers at once, one is answered true. */
  spend: async (codeHash: Buffer, familyId: string, refresh: NewRefresh, now: Date): Promise<boolean> => {
    const spent = await db
      .with('spent', (cte) =>
        cte
          .updateTable('authorizationCodes')
          .set({ usedAt: now, familyId })
          .where('codeHash', '=', codeHash)
          .where('usedAt', 'is', null)
          .where('expiresAt', '>', now)
          .returning(['appId', 'versionId', 'clientId', 'installId', 'companyId', 'locationId', 'userId', 'scopes']),
      )
      .with('family', (cte) =>
        cte
          .insertInto('tokenFamilies')
          .columns([
            'id',
            'dateAdded',
            'appId',
            'versionId',
            'clientId',
            'installId',
            'companyId',
            'locationId',
            'userId',
            'scopes',
          ])
          .expression(
            sql`select ${familyId}::text, ${now}::timestamptz, "appId", "versionId", "clientId", "installId", "companyId", "locationId", "userId", scopes from spent`,
          )
          .returning('id'),
      )
      .with('refresh', (cte) =>
        cte
          .insertInto('refreshTokens')
          .columns(['tokenHash', 'id', 'familyId', 'dateAdded', 'expiresAt'])
          .expression(
            sql`select ${refresh.tokenHash}::bytea, ${refresh.id}::text, id, ${now}::timestamptz, ${refresh.expiresAt}::timestamptz from family`,
          )
          .returning('id'),
      )
      .selectFrom('refresh')
      .select('id')
      .executeTakeFirst()
    return spent !== undefined
  },
})

export interface StoredRefresh {
  readonly family: Family
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly replay: Buffer | null
}

const familyColumns = [
  'f.id',
  'f.appId',
  'f.versionId',
  'f.clientId',
  'f.installId',
  'f.companyId',
  'f.locationId',
  'f.userId',
  'f.scopes',
  'f.skewMs',
  'f.revokedAt',
] as const

export const refreshTokensOf = (db: Db) => ({
  add: async (familyId: string, refresh: NewRefresh, now: Date): Promise<void> => {
    await db
      .insertInto('refreshTokens')
      .values({ ...refresh, familyId, dateAdded: now, usedAt: null, replay: null })
      .execute()
  },
  find: async (tokenHash: Buffer): Promise<StoredRefresh | undefined> => {
    const row = await db
      .selectFrom('refreshTokens as r')
      .innerJoin('tokenFamilies as f', 'f.id', 'r.familyId')
      .select([...familyColumns, 'r.expiresAt', 'r.usedAt', 'r.replay'])
      .where('r.tokenHash', '=', tokenHash)
      .executeTakeFirst()
    if (!row) return undefined
    const { expiresAt, usedAt, replay, ...family } = row
    return { family, expiresAt, usedAt, replay }
  },
  /** One statement spends the old token, keeps the sealed reply for its grace, and stores the successor. */
  rotate: async (oldHash: Buffer, replay: Buffer, next: NewRefresh, now: Date): Promise<boolean> => {
    const rotated = await db
      .with('spent', (cte) =>
        cte
          .updateTable('refreshTokens')
          .set({ usedAt: now, replay })
          .where('tokenHash', '=', oldHash)
          .where('usedAt', 'is', null)
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom('tokenFamilies as f')
                .select('f.id')
                .whereRef('f.id', '=', 'refreshTokens.familyId')
                .where('f.revokedAt', 'is', null),
            ),
          )
          .returning('familyId'),
      )
      .with('born', (cte) =>
        cte
          .insertInto('refreshTokens')
          .columns(['tokenHash', 'id', 'familyId', 'dateAdded', 'expiresAt'])
          .expression(
            sql`select ${next.tokenHash}::bytea, ${next.id}::text, "familyId", ${now}::timestamptz, ${next.expiresAt}::timestamptz from spent`,
          )
          .returning('id'),
      )
      .selectFrom('born')
      .select('id')
      .executeTakeFirst()
    return rotated !== undefined
  },
})
