import type { InstallWork } from '../installs/index.js'
import { appSnapshotOf } from './app-snapshots.sql.js'

export { type AppSnapshotParts, appSnapshotModule, type OfferedSnapshot } from './app-snapshots.handlers.js'

interface Place {
  readonly appId: string
  readonly companyId: string
  readonly locationId: string | null
}

/** Brings the app's snapshot to each sub-account that it is newly installed in, in the install's transaction. */
export const bringAppSnapshot =
  (bring: (work: InstallWork, to: { shareId: string; companyId: string; locationId: string }) => Promise<void>) =>
  async (work: InstallWork, { appId, companyId, locationId }: Place): Promise<void> => {
    const shareId = locationId === null ? undefined : await appSnapshotOf(work.db, appId).shareId()
    if (shareId !== undefined && locationId !== null) await bring(work, { shareId, companyId, locationId })
  }
