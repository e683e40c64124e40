import { sql } from 'kysely'
import { prepared } from '../../database/prepared.js'
import { askedRows, gathered, listsOf, together } from '../../database/together.js'
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
  'f.skewMs',
  'f.revokedAt',
] as const

/** Their scopes as one text: an app may have a hundred, and reading an array costs by its items. */
type FoundRefresh = Omit<Family, 'scopes'> & { readonly scopeText: string } & Omit<StoredRefresh, 'family'>

const findRefresh = together(
  2,
  (db, tokenHash: string) =>
    db
      .selectFrom('refreshTokens as r')
      .innerJoin('tokenFamilies as f', 'f.id', 'r.familyId')
      .select([...familyColumns, 'r.expiresAt', 'r.usedAt', 'r.replay'])
      .select(sql<string>`array_to_string(f.scopes, ' ')`.as('scopeText'))
      .where('r.tokenHash', '=', sql<Buffer>`decode(${tokenHash}, 'hex')`)
      .$castTo<FoundRefresh>(),
  ([row]): StoredRefresh | undefined => {
    if (!row) return undefined
    const { expiresAt, usedAt, replay, scopeText, ...family } = row
    return { family: { ...family, scopes: scopeText.split(' ').filter(Boolean) }, expiresAt, usedAt, replay }
  },
)

const rotation = ['old', 'replay', 'next', 'id', 'at', 'until'] as const

/** In the order of the old tokens, so that two batches never wait for each other. */
const rotateMany = prepared<readonly string[][], { readonly no: number }>(rotation.length + 1, (db, ...lists) => {
  const text = sql<{ no: number }>`with asked as materialized (
      select decode(old, 'hex') as old, decode(replay, 'base64') as replay, decode(next, 'hex') as next, id,
        at::timestamptz as at, until::timestamptz as until, no
      from ${askedRows(rotation, lists)}),
    live as materialized (
      select r."tokenHash", r."familyId" from "refreshTokens" r
      where r."tokenHash" in (select old from asked) and r."usedAt" is null
        and exists (select from "tokenFamilies" f where f.id = r."familyId" and f."revokedAt" is null)
      order by r."tokenHash" for update of r),
    spent as (
      update "refreshTokens" r set "usedAt" = asked.at, replay = asked.replay from asked, live
      where r."tokenHash" = live."tokenHash" and live."tokenHash" = asked.old
      returning r."familyId", asked.no, asked.next, asked.id, asked.at, asked.until),
    born as (
      insert into "refreshTokens" ("tokenHash", id, "familyId", "dateAdded", "expiresAt")
      select next, id, "familyId", at, until from spent returning id)
    select spent.no::int as no from spent`
  return { compile: () => text.compile(db) }
})

/** No two are the same: each brings a successor of its own. */
const nextTokenOf = ([, , next]: readonly string[]) => next as string

const rotateRefresh = gathered<readonly string[], boolean>(async (db, all) => {
  const rotated = new Set((await rotateMany(db, ...listsOf(rotation, all))).map(({ no }) => no))
  return all.map((_, at) => rotated.has(at + 1))
}, nextTokenOf)

export const refreshTokensOf = (db: Db) => ({
  add: async (familyId: string, refresh: NewRefresh, now: Date): Promise<void> => {
    await db
      .insertInto('refreshTokens')
      .values({ ...refresh, familyId, dateAdded: now, usedAt: null, replay: null })
      .execute()
  },
  find: (tokenHash: Buffer): Promise<StoredRefresh | undefined> => findRefresh(db, tokenHash.toString('hex')),
  /**
   * One statement spends the old token, keeps the sealed reply for its grace, and stores the successor; those of one moment
   * share it, and its commit.
   */
  rotate: (oldHash: Buffer, replay: Buffer, next: NewRefresh, now: Date): Promise<boolean> =>
    rotateRefresh(
      db,
      oldHash.toString('hex'),
      replay.toString('base64'),
      next.tokenHash.toString('hex'),
      next.id,
      now.toISOString(),
      next.expiresAt.toISOString(),
    ),
})
