import type { InstallWork } from '../installs/index.js'
import { appSnapshotOf } from './app-snapshots.sql.js'

export { type AppSnapshotParts, appSnapshotModule, type OfferedSnapshot } from './app-snapshots.handlers.js'
export { type Brought, broughtBy } from './brought.js'

interface Place {
  readonly appId: string
  readonly companyId: string
  readonly locationId: string | null
}

interface Bringing {
  readonly shareId: string
  readonly companyId: string
  /** None: the app is installed at the agency itself. */
  readonly locationIds: readonly string[]
}

/**
 * Brings the app's snapshot to the sub-accounts that it is newly installed in, or among the snapshots of an agency that it is
 * installed at, in the transaction of the installs: all of one app and agency.
 */
export const bringAppSnapshot =
  (bring: (work: InstallWork, to: Bringing) => Promise<void>) =>
  async (work: InstallWork, places: readonly Place[]): Promise<void> => {
    const [first] = places
    if (!first) return
    const shareId = await appSnapshotOf(work.db, first.appId).shareId()
    const locationIds = places.flatMap(({ locationId }) => locationId ?? [])
    if (shareId !== undefined) await bring(work, { shareId, companyId: first.companyId, locationIds })
  }
