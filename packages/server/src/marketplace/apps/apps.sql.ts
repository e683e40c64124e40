import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { App, AppSettings, EventSetting } from './app.js'

const columns = [
  'apps.id',
  'developerId',
  'name',
  'appType',
  'listingType',
  'targetUser',
  'whoCanInstall',
  'bulkInstall',
  'allowLocationInstall',
  'tagline',
  'description',
  'categories',
  'companyName',
  'website',
  'supportEmail',
  'supportPhone',
  'logo',
  'redirectUris',
  'webhookUrl',
  'requirePkce',
  'apps.dateAdded',
  'dateUpdated',
  'appVersions.id as versionId',
  'version',
  'scopes',
] as const

/** Text as `like` looks for it literally. */
const likely = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Where the name of a living app is already taken. */
export const isNameTaken = (error: unknown) => (error as { constraint?: unknown }).constraint === 'apps_one_name'

const livingApps = (db: Db) =>
  db
    .selectFrom('apps')
    .innerJoin('appVersions', (join) => join.onRef('appVersions.appId', '=', 'apps.id').on('appVersions.state', '=', 'live'))
    .select(columns)
    .where('apps.deletedAt', 'is', null)

export const appsOf = (db: Db) => {
  const living = () => livingApps(db)
  return {
    find: (id: string): Promise<App | undefined> => living().where('apps.id', '=', id).executeTakeFirst(),
    /** The same, held until the transaction ends: two changes at once would else lose one. */
    hold: (id: string): Promise<App | undefined> => living().where('apps.id', '=', id).forUpdate('apps').executeTakeFirst(),
    ofDevelopers: async (developerIds: readonly string[]): Promise<App[]> =>
      developerIds.length === 0
        ? []
        : living().where('developerId', 'in', developerIds).orderBy('apps.dateAdded', 'desc').execute(),
    idsOfDevelopers: async (developerIds: readonly string[]) => {
      if (developerIds.length === 0) return []
      const mine = db.selectFrom('apps').select('id').where('developerId', 'in', developerIds).where('deletedAt', 'is', null)
      return (await mine.execute()).map((row) => row.id)
    },
    add: async ({ scopes, version, versionId, ...app }: App) => {
      const arrays = { categories: [...app.categories], redirectUris: [...app.redirectUris] }
      await db
        .insertInto('apps')
        .values({ ...app, ...arrays, deletedAt: null })
        .execute()
      const live = { id: versionId, appId: app.id, version, scopes: [...scopes], dateAdded: app.dateAdded }
      await db
        .insertInto('appVersions')
        .values({ ...live, state: 'live' })
        .execute()
    },
    update: async (id: string, { scopes, ...settings }: AppSettings, dateUpdated: Date) => {
      await db
        .updateTable('apps')
        .set({ ...settings, dateUpdated })
        .where('id', '=', id)
        .execute()
      await db
        .updateTable('appVersions')
        .set({ scopes: [...scopes] })
        .where('appId', '=', id)
        .where('state', '=', 'live')
        .execute()
    },
    remove: async (id: string, deletedAt: Date) => {
      await db.updateTable('apps').set({ deletedAt, dateUpdated: deletedAt }).where('id', '=', id).execute()
    },
  }
}

/** What the store is narrowed to. */
export interface ListingFilter {
  readonly query?: string | undefined
  readonly category?: string | undefined
}

/** Public apps, in the order of the alphabet. */
export const listingsOf = (db: Db) => {
  const listed = () => livingApps(db).where('appType', '=', 'public')
  return {
    all: ({ query, category }: ListingFilter): Promise<App[]> => {
      const text = sql<string>`lower(name::text || ' ' || tagline || ' ' || array_to_string(categories, ' '))`
      const named = query ? listed().where(text, 'like', likely(query)) : listed()
      const wanted = category ? named.where(sql<boolean>`${category} = any(categories)`) : named
      return wanted.orderBy('name').orderBy('apps.id').execute()
    },
    categories: async () => {
      const category = sql<string>`unnest(categories)`.as('category')
      const rows = await listed().clearSelect().select(category).distinct().orderBy('category').execute()
      return rows.map((row) => row.category)
    },
  }
}

export const eventSettingsOf = (db: Db, appId: string) => ({
  all: (): Promise<EventSetting[]> =>
    db.selectFrom('appEvents').select(['type', 'on', 'url']).where('appId', '=', appId).execute(),
  /** Only what differs from the rule is kept: an event that is on and goes to the default URL has no row. */
  set: async (events: readonly EventSetting[]) => {
    const types = events.map((event) => event.type)
    const special = events.filter((event) => !event.on || event.url !== '').map((event) => ({ ...event, appId }))
    if (types.length > 0) await db.deleteFrom('appEvents').where('appId', '=', appId).where('type', 'in', types).execute()
    if (special.length > 0) await db.insertInto('appEvents').values(special).execute()
  },
})
