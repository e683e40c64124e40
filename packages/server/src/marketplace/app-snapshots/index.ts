import type { InstallWork } from '../installs/index.js'
import { appSnapshotOf } from './app-snapshots.sql.js'

export { type AppSnapshotParts, appSnapshotModule, type OfferedSnapshot } from './app-snapshots.handlers.js'

interface Place {
  readonly appId: string
  readonly companyId: string
  readonly locationId: string | null
}

interface Brought {
  readonly shareId: string
  readonly companyId: string
  readonly locationIds: readonly string[]
}

/** Brings the app's snapshot to the sub-accounts that it is newly installed in, in the transaction of the installs: all of one app and agency. */
export const bringAppSnapshot =
  (bring: (work: InstallWork, to: Brought) => Promise<void>) =>
  async (work: InstallWork, places: readonly Place[]): Promise<void> => {
    const [first] = places
    const locationIds = places.flatMap(({ locationId }) => locationId ?? [])
    if (!first || locationIds.length === 0) return
    const shareId = await appSnapshotOf(work.db, first.appId).shareId()
    if (shareId !== undefined) await bring(work, { shareId, companyId: first.companyId, locationIds })
  }
