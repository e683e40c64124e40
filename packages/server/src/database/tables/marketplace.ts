import type { Generated } from 'kysely'

interface AppsTable {
  id: string
  developerId: string
  name: string
  appType: 'public' | 'private'
  listingType: 'standard' | 'white-label'
  targetUser: 'company' | 'location'
  whoCanInstall: 'both' | 'agency'
  bulkInstall: boolean
  allowLocationInstall: boolean
  tagline: string
  description: string
  categories: string[]
  companyName: string
  website: string
  supportEmail: string
  supportPhone: string
  logo: string
  redirectUris: string[]
  webhookUrl: string
  requirePkce: boolean
  dateAdded: Date
  dateUpdated: Date
  deletedAt: Date | null
}

interface AppVersionsTable {
  id: string
  appId: string
  version: string
  state: 'draft' | 'review' | 'live' | 'deprecated'
  scopes: string[]
  dateAdded: Date
}

interface AppEventsTable {
  appId: string
  type: string
  on: boolean
  url: string
}

interface AppTriggersTable {
  appId: string
  id: string
  key: string
  name: string
  description: string
  version: number
  subscriptionUrl: string
  headers: unknown
  filters: unknown
  sample: unknown
  dateAdded: Date
  dateUpdated: Date
}

interface AppActionsTable {
  appId: string
  id: string
  key: string
  name: string
  description: string
  version: number
  url: string
  headers: unknown
  fields: unknown
  branching: boolean
  branchFields: unknown
  pause: boolean
  sample: unknown
  dateAdded: Date
  dateUpdated: Date
}

interface ClientKeysTable {
  id: string
  appId: string
  name: string
  clientId: string
  secretHash: Buffer
  secretHint: string
  dateAdded: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
}

interface InstallsTable {
  id: string
  appId: string
  versionId: string
  kind: 'agency' | 'bulk' | 'location'
  companyId: string
  locationId: string | null
  bulkId: string | null
  userId: string
  state: 'waiting' | 'connected'
  scopes: string[]
  approveAllLocations: Generated<boolean>
  installToFutureLocations: Generated<boolean>
  dateAdded: Date
  connectedAt: Date | null
  uninstalledAt: Date | null
}

interface AppSnapshotsTable {
  appId: string
  shareId: string
  dateAdded: Date
}

export interface MarketplaceTables {
  appSnapshots: AppSnapshotsTable
  apps: AppsTable
  appVersions: AppVersionsTable
  appEvents: AppEventsTable
  appTriggers: AppTriggersTable
  appActions: AppActionsTable
  clientKeys: ClientKeysTable
  installs: InstallsTable
}
