/** Who a token speaks for. One class of token each: a sub-account or an agency. */
export interface Principal {
  readonly actor: 'location' | 'agency'
  /** `oauth` tokens belong to an app's install; `pit` is a private integration token; `session` is a person at the portal. */
  readonly source: 'oauth' | 'pit' | 'session'
  readonly companyId: string
  /** Always there for a location principal. */
  readonly locationId?: string
  /** The user who installed the app, made the token or is signed in. */
  readonly userId?: string
  readonly appId?: string
  readonly versionId?: string
  readonly clientId?: string
  readonly installId?: string
  readonly familyId?: string
  /** The account behind a session. */
  readonly accountId?: string
  /** The user, where they see only what is assigned to them (`assignedDataOnly`): lists and searches must be narrowed to it. */
  readonly onlyAssignedTo?: string
  /** The token's own id: `jti`, the id of a private token, or the account's. */
  readonly tokenId: string
  readonly scopes: ReadonlySet<string>
  /** Whose quota a call counts against: app and resource, the private token, or account and resource. */
  readonly bucket: string
}

/** What a signed-in person may act as. */
export interface Place {
  readonly kind: 'developer' | 'agency' | 'location'
  readonly id: string
  readonly name: string
  readonly role: 'developer' | 'agency-owner' | 'agency-admin' | 'location-admin' | 'location-user'
  readonly companyId?: string
  /** The CRM user behind an agency or location place. */
  readonly userId?: string
  /** What the user may not, in the wire's names (`contactsEnabled: false`); absent names are allowed. */
  readonly permissions?: Readonly<Record<string, unknown>>
}

/** A signed-in person of the portal. */
export interface Person {
  readonly accountId: string
  readonly email: string
  readonly name: string
  readonly sessionHash: Buffer
  readonly places: readonly Place[]
}
