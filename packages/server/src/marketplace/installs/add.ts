import { newHexId } from '../../ids.js'
import { installPayload } from './installs.rules.js'
import { type InstallRow, installsOf } from './installs.sql.js'
import type { TokenLog } from './parts.js'
import { aboutOf, type Grant, type InstallWork, logAct, type Work } from './work.js'

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

/**
 * Adds the app where it is not yet and announces each new place with INSTALL; elsewhere the install stays what it was.
 * Answers the install that the code will be for.
 */
export const createAdd =
  (log: TokenLog) =>
  async (work: InstallWork, grant: Grant): Promise<InstallRow> => {
    const { target, announced, bulk } = await addAll(work, grant)
    for (const install of announced.filter((each) => each.added)) {
      await work.emit('INSTALL', installPayload(install, grant.company, bulk), aboutOf(install))
      await logAct(log, work, install, 'install', `${install.kind} install, waiting for its first exchange`)
    }
    return target
  }
