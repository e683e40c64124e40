import type { Db } from '../../database/wire.js'
import type { Services } from '../../services.js'
import { createAdding } from './add.js'
import { type InstallRow, installsOf } from './installs.sql.js'
import type { TokenLog } from './parts.js'
import { createUninstall } from './uninstall.js'
import type { EventTenant } from './work.js'

/** Questions about installs, asked of the pool unless a transaction is given. */
const readingFrom = (pool: Db) => ({
  install: (installId: string, db: Db = pool) => installsOf(db).byId(installId),
  liveInstall: (installId: string, db: Db = pool) => installsOf(db).liveById(installId),
  /** Those of the given installs that have not ended. */
  liveAmong: (installIds: readonly string[]) => installsOf(pool).liveAmong(installIds),
  /** Keeps a live install from being removed until the transaction has ended; undefined where it is gone. */
  hold: (db: Db, installId: string) => installsOf(db).hold(installId),
  ofCompany: (appId: string, companyId: string, db: Db = pool) => installsOf(db).ofCompany(appId, companyId),
  ofLocation: (appId: string, locationId: string, db: Db = pool) => installsOf(db).ofLocation(appId, locationId),
  /** Sub-accounts of a bulk install. */
  ofBulk: (bulkId: string, db: Db = pool) => installsOf(db).ofBulk(bulkId),
  atLocationsOf: (appId: string, companyId: string, db: Db = pool) => installsOf(db).atLocationsOf(appId, companyId),
  ofApp: (appId: string, limit = 200, db: Db = pool) => installsOf(db).ofApp(appId, limit),
  countOfApp: (appId: string, db: Db = pool) => installsOf(db).countOfApp(appId),
  listCompany: (companyId: string) => installsOf(pool).listCompany(companyId),
  listLocation: (locationId: string, companyId: string) => installsOf(pool).listLocation(locationId, companyId),
  countAtLocations: (locationIds: readonly string[]) => installsOf(pool).countAtLocations(locationIds),

  /**
   * The installs that an event concerns, one an app at most: a named install even when it has ended (UNINSTALL),
   * else every live one that reaches the tenant.
   */
  async installsFor({ companyId, locationId, appId, installId }: EventTenant, db: Db = pool): Promise<InstallRow[]> {
    const installs = installsOf(db)
    if (installId) {
      const named = await installs.byId(installId)
      return named ? [named] : []
    }
    const rows =
      locationId === null ? await installs.reachingCompany(companyId) : await installs.reachingLocation(locationId, companyId)
    return appId ? rows.filter((row) => row.appId === appId) : rows
  },
})

/** Where apps are installed, for every other room. */
export const createInstalls = ({ db: pool }: Pick<Services, 'db'>, log: TokenLog) => ({
  ...readingFrom(pool),
  ...createUninstall(log),
  ...createAdding(log),
  /** The first exchange: the install, and what a bulk one holds, is connected. */
  connect: async (db: Db, installId: string, now: Date): Promise<void> => {
    await installsOf(db).connect(installId, now)
  },
})

export type Installs = ReturnType<typeof createInstalls>
