import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** One app added to one agency or one sub-account. */
export interface InstallRow {
  readonly installId: string
  readonly appId: string
  readonly versionId: string
  /** agency: the whole company; bulk: an agency's choice, a row of kind location for each; location: one sub-account. */
  readonly kind: 'agency' | 'bulk' | 'location'
  readonly companyId: string
  readonly locationId: string | null
  readonly bulkId: string | null
  readonly userId: string
  /** `waiting` until the first exchange of a code. */
  readonly state: 'waiting' | 'connected'
  readonly scopes: string[]
  readonly approveAllLocations: boolean
  readonly installToFutureLocations: boolean
  readonly dateAdded: Date
  readonly connectedAt: Date | null
  readonly uninstalledAt: Date | null
}

const columns = [
  'id as installId',
  'appId',
  'versionId',
  'kind',
  'companyId',
  'locationId',
  'bulkId',
  'userId',
  'state',
  'scopes',
  'approveAllLocations',
  'installToFutureLocations',
  'dateAdded',
  'connectedAt',
  'uninstalledAt',
] as const

/** True for a row that this statement inserted, false for one that it found and changed. */
const added = sql<boolean>`xmax = 0`.as('added')

export interface NewCompanyInstall {
  readonly id: string
  readonly appId: string
  readonly versionId: string
  readonly kind: 'agency' | 'bulk'
  readonly companyId: string
  readonly userId: string
  readonly scopes: string[]
  readonly approveAllLocations: boolean
  readonly installToFutureLocations: boolean
  readonly dateAdded: Date
}

export interface NewLocationInstalls {
  readonly appId: string
  readonly versionId: string
  readonly companyId: string
  readonly bulkId: string | null
  readonly userId: string
  readonly scopes: string[]
  readonly dateAdded: Date
  /** Sorted, so that two consents at once wait for each other instead of blocking each other. */
  readonly locations: readonly { readonly id: string; readonly locationId: string }[]
}

export const installsOf = (db: Db) => {
  const live = () => db.selectFrom('installs').select(columns).where('uninstalledAt', 'is', null)
  return {
    byId: (id: string): Promise<InstallRow | undefined> =>
      db.selectFrom('installs').select(columns).where('id', '=', id).executeTakeFirst(),
    liveById: (id: string): Promise<InstallRow | undefined> => live().where('id', '=', id).executeTakeFirst(),
    liveAmong: async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
      if (ids.length === 0) return new Set()
      // The id alone: an install may hold a hundred and seventy scopes, and every round of deliveries asks.
      const rows = await db
        .selectFrom('installs')
        .select('id')
        .where('uninstalledAt', 'is', null)
        .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
        .execute()
      return new Set(rows.map((row) => row.id))
    },
    /** Keeps the install from being removed until this transaction has ended. */
    hold: (id: string): Promise<InstallRow | undefined> => live().where('id', '=', id).forShare().executeTakeFirst(),
    ofCompany: (appId: string, companyId: string): Promise<InstallRow | undefined> =>
      live().where('appId', '=', appId).where('companyId', '=', companyId).where('kind', '<>', 'location').executeTakeFirst(),
    ofLocation: (appId: string, locationId: string): Promise<InstallRow | undefined> =>
      live().where('appId', '=', appId).where('locationId', '=', locationId).where('kind', '=', 'location').executeTakeFirst(),
    ofBulk: (bulkId: string): Promise<InstallRow[]> => live().where('bulkId', '=', bulkId).orderBy('locationId').execute(),
    /** Choices of an agency that reach sub-accounts which are still to come; none of them ends before this transaction does. */
    futureBulks: (companyId: string): Promise<InstallRow[]> =>
      live()
        .where('companyId', '=', companyId)
        .where('kind', '=', 'bulk')
        .where('installToFutureLocations', '=', true)
        .orderBy('dateAdded')
        .forShare()
        .execute(),
    atLocation: (locationId: string): Promise<InstallRow[]> =>
      live().where('locationId', '=', locationId).where('kind', '=', 'location').execute(),
    /** Rows of one app at sub-accounts of one agency. */
    atLocationsOf: (appId: string, companyId: string): Promise<InstallRow[]> =>
      live().where('appId', '=', appId).where('companyId', '=', companyId).where('kind', '=', 'location').execute(),
    listCompany: (companyId: string): Promise<InstallRow[]> =>
      live().where('companyId', '=', companyId).orderBy('dateAdded', 'desc').orderBy('id').execute(),
    /** What reaches a sub-account: its own installs, and its agency's whole-company ones. */
    listLocation: (locationId: string, companyId: string): Promise<InstallRow[]> =>
      live()
        .where((eb) =>
          eb.or([
            eb.and([eb('kind', '=', 'location'), eb('locationId', '=', locationId)]),
            eb.and([eb('kind', '=', 'agency'), eb('companyId', '=', companyId)]),
          ]),
        )
        .orderBy('dateAdded', 'desc')
        .orderBy('id')
        .execute(),
    /** One row an app: its install at the sub-account before the one for the whole agency, a connected one before a waiting one. */
    reachingLocation: (locationId: string, companyId: string): Promise<InstallRow[]> =>
      db
        .selectFrom(
          live()
            .where('kind', '=', 'location')
            .where('locationId', '=', locationId)
            .unionAll(live().where('kind', '=', 'agency').where('companyId', '=', companyId))
            .as('i'),
        )
        .selectAll()
        .distinctOn('i.appId')
        .orderBy('i.appId')
        .orderBy(sql`i.state <> 'connected'`)
        .orderBy(sql`i.kind <> 'location'`)
        .execute(),
    reachingCompany: (companyId: string): Promise<InstallRow[]> =>
      live().where('companyId', '=', companyId).where('kind', '<>', 'location').execute(),
    connect: async (id: string, now: Date): Promise<number> => {
      const { numUpdatedRows } = await db
        .updateTable('installs')
        .set({ state: 'connected', connectedAt: now })
        .where((eb) => eb.or([eb('id', '=', id), eb('bulkId', '=', id)]))
        .where('state', '=', 'waiting')
        .where('uninstalledAt', 'is', null)
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },
    /** The rows that this call ended: the install itself and, of a bulk one, those of its sub-accounts. */
    end: (id: string, now: Date): Promise<InstallRow[]> =>
      db
        .updateTable('installs')
        .set({ uninstalledAt: now })
        .where((eb) => eb.or([eb('id', '=', id), eb('bulkId', '=', id)]))
        .where('uninstalledAt', 'is', null)
        .returning(columns)
        .execute(),
    countAtLocations: async (locationIds: readonly string[]): Promise<Map<string, number>> => {
      if (locationIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('installs')
        .select(['locationId', (eb) => eb.fn.countAll<number>().as('n')])
        .where('uninstalledAt', 'is', null)
        .where('kind', '=', 'location')
        .where('locationId', 'in', [...locationIds])
        .groupBy('locationId')
        .execute()
      return new Map(rows.map((row) => [row.locationId as string, Number(row.n)]))
    },
    countOfApp: async (appId: string): Promise<number> => {
      const row = await db
        .selectFrom('installs')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('appId', '=', appId)
        // What a bulk install holds is counted, the choice that holds it is not.
        .where('kind', '<>', 'bulk')
        .where('uninstalledAt', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(row.n)
    },
    ofApp: (appId: string, limit: number): Promise<InstallRow[]> =>
      live().where('appId', '=', appId).orderBy('dateAdded', 'desc').limit(sql.lit(limit)).execute(),
    // Literals in the conflict's `where`: a parameter there is not matched against the partial index once the statement is kept.
    /** A second consent finds the row of the first: same install, the newly granted scopes and version. */
    addCompany: (row: NewCompanyInstall): Promise<InstallRow & { added: boolean }> =>
      db
        .insertInto('installs')
        .values({ ...row, state: 'waiting' })
        .onConflict((conflict) =>
          conflict
            .columns(['appId', 'companyId'])
            .where('uninstalledAt', 'is', null)
            .where('kind', '<>', sql.lit('location'))
            .doUpdateSet((eb) => ({
              kind: eb.ref('excluded.kind'),
              versionId: eb.ref('excluded.versionId'),
              scopes: eb.ref('excluded.scopes'),
              approveAllLocations: eb.ref('excluded.approveAllLocations'),
              installToFutureLocations: eb.ref('excluded.installToFutureLocations'),
            })),
        )
        .returning([...columns, added])
        .executeTakeFirstOrThrow(),
    addLocations: async ({ locations, ...shared }: NewLocationInstalls): Promise<(InstallRow & { added: boolean })[]> => {
      const ids = locations.map((each) => each.id)
      const locationIds = locations.map((each) => each.locationId)
      return db
        .insertInto('installs')
        .columns([
          'id',
          'locationId',
          'appId',
          'versionId',
          'kind',
          'companyId',
          'bulkId',
          'userId',
          'state',
          'scopes',
          'dateAdded',
        ])
        .expression(
          sql`select id, location, ${shared.appId}::text, ${shared.versionId}::text, 'location', ${shared.companyId}::text,
                ${shared.bulkId}::text, ${shared.userId}::text, 'waiting', ${shared.scopes}::text[], ${shared.dateAdded}::timestamptz
              from unnest(${ids}::text[], ${locationIds}::text[]) as chosen (id, location)`,
        )
        .onConflict((conflict) =>
          conflict
            .columns(['appId', 'locationId'])
            .where('uninstalledAt', 'is', null)
            .where('kind', '=', sql.lit('location'))
            .doUpdateSet((eb) => ({
              bulkId: eb.fn.coalesce('excluded.bulkId', 'installs.bulkId'),
              versionId: eb.ref('excluded.versionId'),
              scopes: eb.ref('excluded.scopes'),
            })),
        )
        .returning([...columns, added])
        .execute()
    },
  }
}
