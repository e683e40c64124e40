import type { Db } from '../../database/wire.js'

/** One authorization request between its arrival and its decision. What the decision does comes from here, never from the page. */
export interface Interaction {
  readonly id: string
  readonly browserHash: Buffer
  readonly appId: string
  readonly versionId: string
  readonly clientId: string
  readonly redirectUri: string
  readonly redirectUriGiven: boolean
  readonly scopes: string[]
  readonly state: string | null
  readonly codeChallenge: string | null
  readonly accountId: string | null
  readonly csrfHash: Buffer | null
  readonly dateAdded: Date
  readonly expiresAt: Date
  readonly decidedAt: Date | null
}

export type NewInteraction = Omit<Interaction, 'accountId' | 'csrfHash' | 'decidedAt'>

export const interactionsOf = (db: Db) => ({
  add: async (row: NewInteraction): Promise<void> => {
    await db
      .insertInto('interactions')
      .values({ ...row, accountId: null, csrfHash: null, decidedAt: null })
      .execute()
  },
  find: (id: string): Promise<Interaction | undefined> =>
    db.selectFrom('interactions').selectAll().where('id', '=', id).executeTakeFirst(),
  /** Two decisions at once: the second waits, and finds the first's. */
  hold: (id: string): Promise<Interaction | undefined> =>
    db.selectFrom('interactions').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
  bind: async (id: string, accountId: string, csrfHash: Buffer): Promise<void> => {
    await db
      .updateTable('interactions')
      .set({ accountId, csrfHash })
      .where('id', '=', id)
      .where('decidedAt', 'is', null)
      .execute()
  },
  decide: async (id: string, now: Date): Promise<void> => {
    await db.updateTable('interactions').set({ decidedAt: now, csrfHash: null }).where('id', '=', id).execute()
  },
})
