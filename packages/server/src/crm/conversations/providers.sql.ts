import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** A way out of the product that an app offers. */
export interface Provider {
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly type: 'SMS' | 'Email' | 'Call'
  readonly deliveryUrl: string
  /** An extra beside the sub-account's own, never its default. */
  readonly custom: boolean
  readonly alwaysShow: boolean
  readonly alias: string
  readonly logo: string
  readonly dateAdded: Date
  readonly dateUpdated: Date
}

export type ProviderSettings = Omit<Provider, 'id' | 'appId' | 'dateAdded' | 'dateUpdated'>

const mostOfApp = 20
const mostListed = 500

/** Providers of apps, whichever sub-account uses them. */
export const providersOf = (db: Db) => ({
  byId: (id: string): Promise<Provider | undefined> =>
    db.selectFrom('conversationProviders').selectAll().where('id', '=', id).executeTakeFirst(),
  ofApps: (appIds: readonly string[]): Promise<Provider[]> =>
    db
      .selectFrom('conversationProviders')
      .selectAll()
      .where(sql<boolean>`"appId" = any(${sql.val(appIds)}::text[])`)
      .orderBy('dateAdded')
      .orderBy('id')
      .limit(sql.lit(mostListed))
      .execute(),
  /** Where the providers of an app are posted to, each address once. */
  deliveryUrls: async (appId: string): Promise<string[]> => {
    const rows = await db
      .selectFrom('conversationProviders')
      .select('deliveryUrl')
      .distinct()
      .where('appId', '=', appId)
      .where('deliveryUrl', '<>', '')
      .limit(sql.lit(mostOfApp))
      .execute()
    return rows.map(({ deliveryUrl }) => deliveryUrl)
  },
  /** Until the transaction ends no other one adds to the app: of many at once none goes beyond what it may have. */
  isFull: async (appId: string): Promise<boolean> => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`conversation providers of ${appId}`}, 23))`.execute(db)
    const { n } = await db
      .selectFrom('conversationProviders')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('appId', '=', appId)
      .executeTakeFirstOrThrow()
    return Number(n) >= mostOfApp
  },
  add: async (provider: Provider): Promise<void> => {
    await db.insertInto('conversationProviders').values(provider).execute()
  },
  change: (appId: string, id: string, change: Partial<ProviderSettings>, dateUpdated: Date): Promise<Provider | undefined> =>
    db
      .updateTable('conversationProviders')
      .set({ ...change, dateUpdated })
      .where('appId', '=', appId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst(),
  remove: (appId: string, id: string) =>
    db.deleteFrom('conversationProviders').where('appId', '=', appId).where('id', '=', id).returning('id').executeTakeFirst(),
})

/** The provider that a sub-account has chosen for a channel. */
export const providerChoice = (db: Db, locationId: string) => ({
  of: (channel: string): Promise<Provider | undefined> =>
    db
      .selectFrom('conversationProviderDefaults as d')
      .innerJoin('conversationProviders as p', 'p.id', 'd.providerId')
      .selectAll('p')
      .where('d.locationId', '=', locationId)
      .where('d.channel', '=', channel as 'SMS')
      .executeTakeFirst(),
  all: () =>
    db
      .selectFrom('conversationProviderDefaults')
      .select(['channel', 'providerId'])
      .where('locationId', '=', locationId)
      .limit(sql.lit(10))
      .execute(),
  set: async (channel: 'SMS' | 'Email', providerId: string): Promise<void> => {
    await db
      .insertInto('conversationProviderDefaults')
      .values({ locationId, channel, providerId })
      .onConflict((conflict) => conflict.columns(['locationId', 'channel']).doUpdateSet({ providerId }))
      .execute()
  },
  clear: async (channel: 'SMS' | 'Email'): Promise<void> => {
    await db
      .deleteFrom('conversationProviderDefaults')
      .where('locationId', '=', locationId)
      .where('channel', '=', channel)
      .execute()
  },
})
