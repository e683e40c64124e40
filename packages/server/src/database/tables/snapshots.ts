import type { Generated } from 'kysely'

interface SnapshotsTable {
  companyId: string
  id: string
  name: string
  type: string
  sourceLocationId: string | null
  /** By which an app brought it; null of all others. */
  shareId: Generated<string | null>
  dateAdded: Date
  dateUpdated: Date
}

interface SnapshotAssetsTable {
  snapshotId: string
  kind: string
  key: string
  assetId: string
  name: string
  data: unknown
  changedAt: Date | null
}

interface SnapshotSharesTable {
  companyId: string
  id: string
  snapshotId: string
  shareType: string
  relationshipNumbers: string[]
  locationIds: string[]
  timesUsed: Generated<number>
  dateAdded: Date
}

interface SnapshotPushesTable {
  companyId: string
  locationId: string
  id: string
  snapshotId: string
  status: string
  override: boolean
  overrideKinds: Generated<string[]>
  completed: string[]
  pending: string[]
  ids: unknown
  problem: string | null
  dateAdded: Date
  dateUpdated: Date
}

export interface SnapshotsTables {
  snapshots: SnapshotsTable
  snapshotAssets: SnapshotAssetsTable
  snapshotShares: SnapshotSharesTable
  snapshotPushes: SnapshotPushesTable
}
