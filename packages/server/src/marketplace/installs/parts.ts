import type { Db } from '../../database/wire.js'

// What installs ask of other rooms. Structural: `main.ts` hands in the rooms themselves.

export interface Company {
  readonly id: string
  readonly name: string
  readonly email?: string | null
  readonly isWhitelabel: boolean
  readonly whitelabelDomain?: string | null
  readonly logoUrl?: string | null
}

export interface Location {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly status: 'active' | 'paused'
}

export interface LocationChoice {
  readonly id: string
  readonly name: string
  /** City or e-mail, to tell two of one name apart. */
  readonly detail: string
  readonly status: 'active' | 'paused' | 'deleted'
  readonly address?: string | null
}

export interface LocationFilter {
  readonly query?: string
  readonly ids?: readonly string[]
  readonly limit: number
  readonly offset: number
}

export interface CompanyUser {
  readonly id: string
  readonly type: 'agency' | 'account'
  readonly role: 'admin' | 'user'
  readonly isOwner: boolean
  readonly locationIds: readonly string[]
}

/** The part of identity that installs and the authorization server read. */
export interface People {
  location(id: string): Promise<Location | undefined>
  company(id: string): Promise<Company | undefined>
  locationsOfCompany(companyId: string, filter: LocationFilter): Promise<{ rows: readonly LocationChoice[]; total: number }>
  userOf(accountId: string, companyId: string): Promise<CompanyUser | undefined>
  countLocations(companyId: string): Promise<number>
  userName(id: string): Promise<string | undefined>
  /** Full name of the agency's owner. */
  ownerName(companyId: string): Promise<string | undefined>
  developerName(id: string): Promise<string | undefined>
}

export interface App {
  readonly id: string
  readonly developerId: string
  readonly name: string
  readonly appType: 'public' | 'private'
  readonly listingType: 'standard' | 'white-label'
  readonly targetUser: 'company' | 'location'
  readonly whoCanInstall: 'both' | 'agency'
  readonly bulkInstall: boolean
  readonly allowLocationInstall: boolean
  readonly tagline: string
  readonly logo: string
  readonly redirectUris: readonly string[]
  readonly requirePkce: boolean
}

export interface Apps {
  app(appId: string): Promise<App | undefined>
}

/** What happened to a token or an install, for the developer's timeline. */
export interface TokenRow {
  readonly at: Date
  readonly traceId: string | null
  readonly act: string
  readonly kind: 'token' | 'install'
  readonly appId: string | null
  readonly companyId: string | null
  readonly locationId: string | null
  readonly familyId: string | null
  readonly installId: string | null
  readonly ok: boolean
  readonly why: string
}

export interface TokenLog {
  /** Written with the next batch. */
  token(row: TokenRow): void
  /** Written in the transaction of the act. */
  tokenIn(db: Db, row: TokenRow): Promise<void>
}
