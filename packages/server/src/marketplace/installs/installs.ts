import type { EventPayload } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import type { Db } from '../../database/wire.js'
import type { EventTarget } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import type { Services } from '../../services.js'
import { installPayload, uninstallPayload } from './installs.rules.js'
import { type InstallRow, installsOf } from './installs.sql.js'
import type { Company, TokenLog } from './parts.js'

/** The change that an act on installs is part of: a handler's context has all of it. */
export interface Work {
  readonly db: Db
  readonly now: Date
  readonly traceId: string
  afterCommit(act: () => void): void
}

export interface InstallWork extends Work {
  emit(type: 'INSTALL', record: EventPayload<'INSTALL'>, about: EventTarget): Promise<void>
}

export interface UninstallWork extends Work {
  emit(type: 'UNINSTALL', record: EventPayload<'UNINSTALL'>, about: EventTarget): Promise<void>
}

/** What somebody allowed. */
export interface Grant {
  readonly appId: string
  readonly versionId: string
  readonly kind: 'agency' | 'bulk' | 'location'
  readonly company: Company
  /** Of kind location: exactly one. Of kind bulk: those chosen. Of kind agency: none. */
  readonly locationIds: readonly string[]
  readonly userId: string
  readonly scopes: readonly string[]
  readonly approveAllLocations?: boolean
  readonly installToFutureLocations?: boolean
}

/** What an event of a tenant is about, as the outbox keeps it. */
export interface EventTenant {
  readonly companyId: string
  readonly locationId: string | null
  readonly appId?: string | null
  readonly installId?: string | null
}

/** Who did it, for the audit. */
export interface Actor {
  readonly accountId?: string
  readonly ip?: string
  readonly because: string
}

/** Told of every removal, inside its transaction. */
export type UninstallListener = (work: Work, removed: readonly InstallRow[]) => Promise<void>

type Added = InstallRow & { readonly added: boolean }

const aboutOf = ({ companyId, locationId, appId, installId }: InstallRow) => ({ companyId, locationId, appId, installId })

export const createInstalls = ({ db: pool }: Pick<Services, 'db'>, log: TokenLog) => {
  const listeners: UninstallListener[] = []

  const logged = (work: Work, install: InstallRow, act: string, why: string) =>
    log.tokenIn(work.db, { ...aboutOf(install), at: work.now, traceId: work.traceId, act, kind: 'install', familyId: null, ok: true, why })

  const addCompany = (work: Work, grant: Grant, kind: 'agency' | 'bulk'): Promise<Added> =>
    installsOf(work.db).addCompany({
      id: newHexId(),
      appId: grant.appId,
      versionId: grant.versionId,
      kind,
      companyId: grant.company.id,
      userId: grant.userId,
      scopes: [...grant.scopes],
      approveAllLocations: grant.approveAllLocations ?? false,
      installToFutureLocations: grant.installToFutureLocations ?? false,
      dateAdded: work.now,
    })

  const addLocations = (work: Work, grant: Grant, bulkId: string | null): Promise<Added[]> =>
    installsOf(work.db).addLocations({
      appId: grant.appId,
      versionId: grant.versionId,
      companyId: grant.company.id,
      bulkId,
      userId: grant.userId,
      scopes: [...grant.scopes],
      dateAdded: work.now,
      locations: [...grant.locationIds].sort().map((locationId) => ({ id: newHexId(), locationId })),
    })

  const addAll = async (work: Work, grant: Grant): Promise<{ target: Added; announced: Added[]; bulk?: Added }> => {
    if (grant.kind === 'agency') {
      const target = await addCompany(work, grant, 'agency')
      return { target, announced: [target] }
    }
    const bulk = grant.kind === 'bulk' ? await addCompany(work, grant, 'bulk') : undefined
    const announced = await addLocations(work, grant, bulk?.installId ?? null)
    const target = bulk ?? announced[0]
    if (!target) throw new Error('A grant of kind location names one sub-account.')
    return { target, announced, ...(bulk && { bulk }) }
  }

  return {
    /**
     * Adds the app where it is not yet and announces each new place with INSTALL; elsewhere the install stays what it was.
     * Answers the install that the code will be for.
     */
    async add(work: InstallWork, grant: Grant): Promise<InstallRow> {
      const { target, announced, bulk } = await addAll(work, grant)
      for (const install of announced.filter((each) => each.added)) {
        await work.emit('INSTALL', installPayload(install, grant.company, bulk), aboutOf(install))
        await logged(work, install, 'install', `${install.kind} install, waiting for its first exchange`)
      }
      return target
    },

    /** The first exchange: the install, and what a bulk one holds, is connected. */
    connect: async (db: Db, installId: string, now: Date): Promise<void> => {
      await installsOf(db).connect(installId, now)
    },

    /** Ends an install: its tokens die with it, UNINSTALL goes out. False where it had ended already. */
    async uninstall(work: UninstallWork, installId: string, { because, accountId, ip }: Actor): Promise<boolean> {
      const removed = await installsOf(work.db).end(installId, work.now)
      if (removed.length === 0) return false
      for (const listener of listeners) await listener(work, removed)
      for (const install of removed) {
        await work.emit('UNINSTALL', uninstallPayload(install), aboutOf(install))
        await logged(work, install, 'uninstall', because)
        const { appId, companyId, locationId } = install
        const who = { accountId: accountId ?? null, ip: ip ?? null, traceId: work.traceId }
        await writeAudit(work.db, { at: work.now, act: 'install.remove', appId, companyId, locationId, ...who, detail: { installId: install.installId, because } })
      }
      return true
    },

    /** Registers who must act when an install ends: tokens are revoked, deliveries cancelled. */
    onUninstalled: (listener: UninstallListener) => {
      listeners.push(listener)
    },

    install: (installId: string, db: Db = pool) => installsOf(db).byId(installId),
    liveInstall: (installId: string, db: Db = pool) => installsOf(db).liveById(installId),
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
      const rows = locationId === null ? await installs.reachingCompany(companyId) : await installs.reachingLocation(locationId, companyId)
      return appId ? rows.filter((row) => row.appId === appId) : rows
    },
  }
}

export type Installs = ReturnType<typeof createInstalls>
