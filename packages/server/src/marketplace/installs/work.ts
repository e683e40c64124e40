import type { EventPayload } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import type { EventTarget } from '../../http/implement.js'
import type { InstallRow } from './installs.sql.js'
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
  readonly accountId?: string | null
  readonly ip?: string | null
  readonly because: string
}

/** Told once of all places that one app is newly added to in one agency, inside its transaction. */
export type InstallListener = (work: InstallWork, installs: readonly InstallRow[]) => Promise<void>

/** Told of every removal, inside its transaction. */
export type UninstallListener = (work: Work, removed: readonly InstallRow[]) => Promise<void>

/** What the rows of logs and events have in common. */
export const aboutOf = ({ companyId, locationId, appId, installId }: InstallRow) => ({ companyId, locationId, appId, installId })

/** An act on an install, for the developer's timeline. */
export const logAct = (log: TokenLog, work: Work, install: InstallRow, act: string, why: string): Promise<void> =>
  log.tokenIn(work.db, {
    ...aboutOf(install),
    at: work.now,
    traceId: work.traceId,
    act,
    kind: 'install',
    familyId: null,
    ok: true,
    why,
  })
