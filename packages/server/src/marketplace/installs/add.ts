import { newHexId } from '../../ids.js'
import { installPayload } from './installs.rules.js'
import { type InstallRow, installsOf } from './installs.sql.js'
import type { Company, TokenLog } from './parts.js'
import { aboutOf, type Grant, type InstallListener, type InstallWork, logAct, type Work } from './work.js'

type Added = InstallRow & { readonly added: boolean }

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

/** What is announced: where one grant newly added its app, and why. */
interface Adding {
  readonly company: Company
  readonly bulk?: InstallRow | undefined
  why(install: Added): string
}

type Announce = (work: InstallWork, installs: readonly Added[], adding: Adding) => Promise<void>

const createAnnounce =
  (log: TokenLog, listeners: readonly InstallListener[]): Announce =>
  async (work, installs, { company, bulk, why }) => {
    const added = installs.filter((install) => install.added)
    if (added.length === 0) return
    for (const install of added) {
      await work.emit('INSTALL', installPayload(install, company, bulk), aboutOf(install))
      await logAct(log, work, install, 'install', why(install))
    }
    for (const listener of listeners) await listener(work, added)
  }

/**
 * Adds to a new sub-account every app whose agency asked for future ones as well, as its consent did for those of then: one
 * INSTALL each, and connected at once where the agency's own install is.
 */
const createAddFuture = (announce: Announce) => async (work: InstallWork, company: Company, locationId: string) => {
  const installs = installsOf(work.db)
  for (const bulk of await installs.futureBulks(company.id)) {
    const { appId, versionId, userId, scopes } = bulk
    const grant: Grant = { appId, versionId, kind: 'bulk', company, locationIds: [locationId], userId, scopes }
    const places = await addLocations(work, grant, bulk.installId)
    if (bulk.state === 'connected') for (const { installId } of places) await installs.connect(installId, work.now)
    await announce(work, places, { company, bulk, why: () => 'a new sub-account of a bulk install' })
  }
}

/**
 * Adds the app where it is not yet and announces each new place with INSTALL; elsewhere the install stays what it was.
 * Answers the install that the code will be for.
 */
const createAdd =
  (announce: Announce) =>
  async (work: InstallWork, grant: Grant): Promise<InstallRow> => {
    const { target, announced, bulk } = await addAll(work, grant)
    const why = ({ kind }: Added) => `${kind} install, waiting for its first exchange`
    await announce(work, announced, { company: grant.company, bulk, why })
    return target
  }

/** Adding apps, and hearing of it. */
export const createAdding = (log: TokenLog) => {
  const listeners: InstallListener[] = []
  const announce = createAnnounce(log, listeners)
  return {
    add: createAdd(announce),
    addFuture: createAddFuture(announce),
    /** Registers who must act when an app is added to a place. */
    onInstalled: (listener: InstallListener): void => {
      listeners.push(listener)
    },
  }
}
