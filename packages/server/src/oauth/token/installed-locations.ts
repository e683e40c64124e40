import { badRequest, forbidden } from '@groundlevel/contract-kit'
import type { Principal } from '../../http/principal.js'
import type { InstallRow, Installs, LocationChoice, People } from '../../marketplace/installs/index.js'

export interface InstalledFilter {
  readonly companyId: string
  readonly appId: string
  readonly query?: string
  readonly isInstalled?: boolean
  readonly versionId?: string
  readonly onTrial?: boolean
  readonly planId?: string
  readonly locationId?: string
}

interface Slice {
  readonly limit: number
  readonly offset: number
}

/** How a sub-account has the app: by the agency's whole install, or by a row of its own. */
type InstallAt = (locationId: string) => InstallRow | undefined

interface Installed {
  readonly install: InstallRow | undefined
  readonly at: InstallAt
  /** Undefined: every sub-account. */
  readonly ids: readonly string[] | undefined
}

/** More sub-accounts than any agency has: those that lack the app are told apart here, not in the database. */
const allOfThem = 100_000

const installedOf = async (installs: Installs, { appId, companyId }: InstalledFilter): Promise<Installed> => {
  const install = await installs.ofCompany(appId, companyId)
  if (install?.kind === 'agency') return { install, at: () => install, ids: undefined }
  const rows = install ? await installs.ofBulk(install.installId) : await installs.atLocationsOf(appId, companyId)
  const byLocation = new Map(rows.map((row) => [row.locationId as string, row]))
  return { install, at: (id) => byLocation.get(id), ids: [...byLocation.keys()] }
}

const idsWanted = (
  { isInstalled, versionId, locationId }: InstalledFilter,
  { ids, at }: Installed,
): readonly string[] | undefined => {
  const only = isInstalled === true || versionId !== undefined
  const installed = only ? ids : undefined
  const wanted = locationId === undefined ? installed : !installed || installed.includes(locationId) ? [locationId] : []
  return versionId === undefined ? wanted : wanted?.filter((id) => at(id)?.versionId === versionId)
}

const nothing = { rows: [] as LocationChoice[], total: 0 }

const choose = async (people: People, filter: InstalledFilter, installed: Installed, slice: Slice) => {
  // No trials and no plans are sold yet, so nobody is on one.
  if (filter.onTrial === true || filter.planId !== undefined) return nothing
  if (filter.versionId !== undefined && !installed.ids && installed.install?.versionId !== filter.versionId) return nothing
  const ids = idsWanted(filter, installed)
  if (ids?.length === 0) return nothing
  const asked = { ...(filter.query && { query: filter.query }), ...(ids && { ids }) }
  if (filter.isInstalled !== false) return people.locationsOfCompany(filter.companyId, { ...asked, ...slice })
  const { rows } = await people.locationsOfCompany(filter.companyId, { ...asked, limit: allOfThem, offset: 0 })
  const without = rows.filter((row) => !installed.at(row.id))
  return { rows: without.slice(slice.offset, slice.offset + slice.limit), total: without.length }
}

const shown = (at: InstallAt) => (row: LocationChoice) => {
  const install = at(row.id)
  return {
    _id: row.id,
    name: row.name,
    address: row.address || row.detail,
    isInstalled: install !== undefined,
    ...(install && { versionId: install.versionId, installedAt: install.dateAdded.toISOString() }),
  }
}

/** Sub-accounts of the token's agency, and whether they have the token's app. */
export const findInstalled = async (
  { installs, people }: { installs: Installs; people: People },
  principal: Principal,
  filter: InstalledFilter,
  slice: Slice,
) => {
  if (principal.appId !== filter.appId) {
    throw forbidden(
      'The token does not have access to this app.',
      `The token belongs to app ${principal.appId}, the request is about ${filter.appId}.`,
    )
  }
  const installed = await installedOf(installs, filter)
  const { rows, total } = await choose(people, filter, installed, slice)
  return {
    rows: rows.map(shown(installed.at)),
    total,
    installToFutureLocations: installed.install?.installToFutureLocations ?? false,
  }
}

/** A page token is base64url of `{"offset":20}`, as the live service has it. */
export const pageTokenOf = (offset: number) => Buffer.from(JSON.stringify({ offset })).toString('base64url')

export const offsetOf = (pageToken: string | undefined): number => {
  if (pageToken === undefined) return 0
  try {
    const { offset } = JSON.parse(Buffer.from(pageToken, 'base64url').toString()) as { offset?: unknown }
    if (Number.isSafeInteger(offset) && (offset as number) >= 0) return offset as number
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest('pageToken is not one that this endpoint has handed out.')
}
