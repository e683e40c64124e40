/** Who a token speaks for. One class of token each: a sub-account or an agency. */
export interface Principal {
  readonly actor: 'location' | 'agency'
  /** `oauth` tokens belong to an app's install; `pit` is a private integration token. */
  readonly source: 'oauth' | 'pit'
  readonly companyId: string
  /** Always there for a location principal. */
  readonly locationId?: string
  /** The user who installed the app or made the token. */
  readonly userId?: string
  readonly appId?: string
  readonly versionId?: string
  readonly clientId?: string
  readonly installId?: string
  readonly familyId?: string
  /** The token's own id: `jti`, or the id of a private token. */
  readonly tokenId: string
  readonly scopes: ReadonlySet<string>
  /** Whose quota a call counts against: app and resource, or the private token. */
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
}

/** A signed-in person of the portal. */
export interface Person {
  readonly accountId: string
  readonly email: string
  readonly name: string
  readonly sessionHash: Buffer
  readonly places: readonly Place[]
}
