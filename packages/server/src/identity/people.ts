/** What the rooms that create people, agencies and sub-accounts hand in; ids are made where they are left out. */

export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
}

export interface NewCompany {
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly website?: string
  readonly timezone?: string
}

type CompanyText =
  | 'email'
  | 'phone'
  | 'website'
  | 'logoUrl'
  | 'domain'
  | 'address'
  | 'city'
  | 'state'
  | 'postalCode'
  | 'country'
  | 'timezone'

/** What an agency says of itself anew. */
export type CompanyChange = { readonly name?: string } & { readonly [K in CompanyText]?: string | null } & {
  /** What the product keeps without reading it; null takes a field away. */
  readonly profile?: Readonly<Record<string, string | null>>
}

/** Rules of a sub-account, all of them always stored, so that the wire never lacks one. */
export interface LocationSettings {
  readonly allowDuplicateContact: boolean
  readonly allowDuplicateOpportunity: boolean
  readonly allowFacebookNameMerge: boolean
  readonly disableContactTimezone: boolean
  readonly contactUniqueIdentifiers: readonly string[]
}

/** What can be said of a sub-account beside its name; null where nothing is. */
interface LocationProfile {
  readonly email?: string | null
  readonly phone?: string | null
  readonly address?: string | null
  readonly city?: string | null
  readonly state?: string | null
  readonly country?: string | null
  readonly postalCode?: string | null
  readonly website?: string | null
  readonly timezone?: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly snapshotId?: string | null
  readonly snapshotOverride?: boolean
  readonly settings?: Partial<LocationSettings>
  readonly social?: Readonly<Record<string, string | null | undefined>>
}

export interface NewLocation extends LocationProfile {
  readonly companyId: string
  readonly name: string
}

export interface LocationChange extends LocationProfile {
  readonly name?: string
}

export interface NewUser {
  readonly companyId: string
  readonly accountId: string | null
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone?: string | null
  readonly type: 'agency' | 'account'
  readonly role: 'admin' | 'user'
  readonly isOwner?: boolean
  readonly locationIds?: readonly string[]
  /** Flags that differ from the defaults. */
  readonly permissions?: Readonly<Record<string, boolean | undefined>>
  readonly scopes?: string[]
  readonly scopesAssignedToOnly?: string[]
  readonly extension?: string | null
  readonly profilePhoto?: string | null
  readonly platformLanguage?: string
  readonly twilioPhone?: Readonly<Record<string, unknown>>
}

export interface LocationInfo {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly status: 'active' | 'paused'
  readonly country: string | null
  readonly timezone: string | null
  readonly settings: LocationSettings
}

export interface CompanyInfo {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly website: string | null
  readonly timezone: string | null
  readonly isWhitelabel: boolean
  readonly whitelabelDomain: string | null
  readonly logoUrl: string | null
  /** First and last name of its owner. */
  readonly ownerName: string | null
}

/** The CRM user that an account is in one agency. */
export interface UserInfo {
  readonly id: string
  readonly type: 'agency' | 'account'
  readonly role: 'admin' | 'user'
  readonly isOwner: boolean
  /** Sub-accounts that the user was put into. An owner or admin of the agency reaches all of them without being listed. */
  readonly locationIds: readonly string[]
}

/** One sub-account in a chooser. */
export interface LocationChoice {
  readonly id: string
  readonly name: string
  /** City or e-mail, '' where neither is known: tells two of one name apart. */
  readonly detail: string
  readonly status: 'active' | 'paused' | 'deleted'
}

export const defaultSettings: LocationSettings = {
  allowDuplicateContact: false,
  allowDuplicateOpportunity: false,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
  contactUniqueIdentifiers: ['email', 'phone'],
}
