import type { Generated, GeneratedAlways } from 'kysely'

// Columns carry the wire's names, so that no row is renamed on its way out.

interface InstallationTable {
  name: string
  value: string
}

interface AuditTable {
  id: GeneratedAlways<number>
  at: Date
  act: string
  accountId: string | null
  appId: string | null
  companyId: string | null
  locationId: string | null
  traceId: string | null
  ip: string | null
  detail: Generated<unknown>
}

interface AccountsTable {
  id: string
  email: string
  name: string
  passwordHash: string
  dateAdded: Date
}

interface SessionsTable {
  tokenHash: Buffer
  accountId: string
  dateAdded: Date
  expiresAt: Date
}

interface DevelopersTable {
  id: string
  name: string
  dateAdded: Date
}

interface DeveloperMembersTable {
  developerId: string
  accountId: string
  role: 'owner' | 'admin' | 'user'
}

interface CompaniesTable {
  id: string
  name: string
  email: string | null
  phone: string | null
  website: string | null
  timezone: string | null
  isWhitelabel: Generated<boolean>
  whitelabelDomain: string | null
  logoUrl: string | null
  dateAdded: Date
}

interface LocationsTable {
  id: string
  companyId: string
  name: string
  phone: string | null
  email: string | null
  address: string | null
  city: string | null
  state: string | null
  country: string | null
  postalCode: string | null
  website: string | null
  timezone: string | null
  status: Generated<'active' | 'paused'>
  settings: unknown
  social: Generated<unknown>
  dateAdded: Date
}

interface UsersTable {
  id: string
  companyId: string
  accountId: string | null
  firstName: string
  lastName: string
  email: string
  phone: string | null
  extension: string | null
  type: 'agency' | 'account'
  role: 'admin' | 'user'
  isOwner: Generated<boolean>
  permissions: Generated<unknown>
  scopes: Generated<string[]>
  deleted: Generated<boolean>
  dateAdded: Date
}

interface UserLocationsTable {
  userId: string
  locationId: string
}

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

interface SigningKeysTable {
  id: string
  use: 'access' | 'webhook'
  algorithm: 'ES256' | 'Ed25519' | 'RSA-SHA256'
  publicKeyPem: string
  sealedPrivateKey: Buffer
  dateAdded: Date
  retiredAt: Date | null
}

interface InteractionsTable {
  id: string
  browserHash: Buffer
  appId: string
  versionId: string
  clientId: string
  redirectUri: string
  redirectUriGiven: boolean
  scopes: string[]
  state: string | null
  codeChallenge: string | null
  accountId: string | null
  csrfHash: Buffer | null
  dateAdded: Date
  expiresAt: Date
  decidedAt: Date | null
}

interface TokenFamiliesTable {
  id: string
  appId: string
  versionId: string
  clientId: string
  installId: string
  companyId: string
  locationId: string | null
  userId: string
  scopes: string[]
  dateAdded: Date
  skewMs: Generated<number>
  revokedAt: Date | null
  revokedBecause: string | null
}

interface AuthorizationCodesTable {
  codeHash: Buffer
  appId: string
  versionId: string
  clientId: string
  installId: string
  companyId: string
  locationId: string | null
  userId: string
  scopes: string[]
  redirectUri: string
  codeChallenge: string | null
  dateAdded: Date
  expiresAt: Date
  usedAt: Date | null
  familyId: string | null
}

interface RefreshTokensTable {
  tokenHash: Buffer
  id: string
  familyId: string
  dateAdded: Date
  expiresAt: Date
  usedAt: Date | null
  replay: Buffer | null
}

interface PrivateTokensTable {
  id: string
  tokenHash: Buffer
  name: string
  companyId: string
  locationId: string | null
  userId: string | null
  scopes: string[]
  hint: string
  dateAdded: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

interface EventsTable {
  id: string
  seq: GeneratedAlways<number>
  type: string
  companyId: string | null
  locationId: string | null
  appId: string | null
  installId: string | null
  test: Generated<boolean>
  payload: string
  traceId: string | null
  dateAdded: Date
  fannedOutAt: Date | null
}

interface DeliveriesTable {
  id: string
  eventId: string
  appId: string
  versionId: string
  installId: string | null
  type: string
  test: boolean
  companyId: string | null
  locationId: string | null
  url: string
  webhookId: string
  body: string
  state: 'waiting' | 'succeeded' | 'dead' | 'cancelled'
  manual: Generated<boolean>
  attempts: Generated<number>
  lastStatus: number | null
  lastError: string | null
  lastDurationMs: number | null
  runAt: Date
  leaseUntil: Date | null
  leaseOwner: string | null
  traceId: string | null
  dateAdded: Date
  finishedAt: Date | null
}

interface EventSkipsTable {
  eventId: string
  appId: string
  dateAdded: Date
  why: string
}

interface AttemptsTable {
  id: string
  deliveryId: string
  number: number
  startedAt: Date
  durationMs: number
  status: number | null
  errorClass: string
  error: string
  requestHeaders: unknown
  responseHeaders: unknown
  responseBody: string | null
}

interface ContactsTable {
  locationId: string
  id: string
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  timezone: string | null
  companyName: string | null
  gender: string | null
  dnd: boolean
  dndSettings: unknown
  inboundDndSettings: unknown
  type: string
  source: string | null
  assignedTo: string | null
  address1: string | null
  city: string | null
  state: string | null
  country: string | null
  postalCode: string | null
  website: string | null
  tags: string[]
  dateOfBirth: string | null
  customFields: unknown
  businessId: string | null
  followers: string[]
  additionalEmails: unknown
  createdBy: unknown
  lastUpdatedBy: unknown
  dateAdded: Date
  dateUpdated: Date
  firstNameLowerCase: GeneratedAlways<string | null>
  lastNameLowerCase: GeneratedAlways<string | null>
  contactName: GeneratedAlways<string | null>
  searchText: GeneratedAlways<string | null>
}

interface ContactCountsTable {
  locationId: string
  seq: GeneratedAlways<number>
  delta: number
}

interface ContactNotesTable {
  locationId: string
  contactId: string
  id: string
  body: string
  userId: string | null
  title: string | null
  color: string | null
  pinned: boolean
  dateAdded: Date
}

interface RequestLogTable {
  id: string
  at: Date
  traceId: string
  operation: string | null
  method: string
  path: string
  status: number
  durationMs: number
  appId: string | null
  companyId: string | null
  locationId: string | null
  familyId: string | null
  why: string
  requestHeaders: unknown
  requestBody: string | null
  responseBody: string | null
  ip: string | null
}

interface TokenLogTable {
  id: string
  at: Date
  traceId: string | null
  act: string
  kind: 'token' | 'install'
  appId: string | null
  companyId: string | null
  locationId: string | null
  familyId: string | null
  installId: string | null
  ok: boolean
  why: string
}

interface IdempotencyKeysTable {
  ownerKey: string
  key: string
  requestHash: Buffer
  status: number | null
  body: string | null
  dateAdded: Date
}

export interface Tables {
  installation: InstallationTable
  audit: AuditTable
  accounts: AccountsTable
  sessions: SessionsTable
  developers: DevelopersTable
  developerMembers: DeveloperMembersTable
  companies: CompaniesTable
  locations: LocationsTable
  users: UsersTable
  userLocations: UserLocationsTable
  apps: AppsTable
  appVersions: AppVersionsTable
  appEvents: AppEventsTable
  clientKeys: ClientKeysTable
  installs: InstallsTable
  signingKeys: SigningKeysTable
  interactions: InteractionsTable
  tokenFamilies: TokenFamiliesTable
  authorizationCodes: AuthorizationCodesTable
  refreshTokens: RefreshTokensTable
  privateTokens: PrivateTokensTable
  events: EventsTable
  deliveries: DeliveriesTable
  eventSkips: EventSkipsTable
  attempts: AttemptsTable
  contacts: ContactsTable
  contactCounts: ContactCountsTable
  contactNotes: ContactNotesTable
  requestLog: RequestLogTable
  tokenLog: TokenLogTable
  idempotencyKeys: IdempotencyKeysTable
}
