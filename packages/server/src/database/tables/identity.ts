import type { Generated } from 'kysely'

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
  address: string | null
  city: string | null
  state: string | null
  country: string | null
  postalCode: string | null
  domain: string | null
  profile: Generated<unknown>
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
  status: Generated<'active' | 'paused' | 'deleted'>
  settings: unknown
  social: Generated<unknown>
  domain: string | null
  logoUrl: string | null
  firstName: string | null
  lastName: string | null
  snapshotId: string | null
  snapshotOverride: Generated<boolean>
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
  profilePhoto: string | null
  platformLanguage: string | null
  twilioPhone: Generated<unknown>
  scopesAssignedToOnly: Generated<string[]>
  dateAdded: Date
}

interface UserLocationsTable {
  userId: string
  locationId: string
}

interface LocationProvidersTable {
  locationId: string
  provider: 'twilio' | 'mailgun'
  sealed: Buffer
  dateAdded: Date
}

export interface IdentityTables {
  accounts: AccountsTable
  sessions: SessionsTable
  developers: DevelopersTable
  developerMembers: DeveloperMembersTable
  companies: CompaniesTable
  locations: LocationsTable
  locationProviders: LocationProvidersTable
  users: UsersTable
  userLocations: UserLocationsTable
}
