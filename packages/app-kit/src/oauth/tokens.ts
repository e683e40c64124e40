/** Whose tokens: a sub-account's or an agency's. */
export type Owner =
  | { readonly locationId: string; readonly companyId?: string }
  | { readonly companyId: string; readonly locationId?: undefined }

/** What a token reply said, as it is stored. Times are epoch milliseconds. */
export interface TokenRecord {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly obtainedAt: number
  readonly expiresAt: number
  readonly scopes: readonly string[]
  readonly userType: 'Location' | 'Company'
  readonly companyId?: string
  readonly locationId?: string
  readonly userId?: string
  readonly isBulkInstallation?: boolean
  readonly approvedLocations?: readonly string[]
  readonly approveAllLocations?: boolean
  readonly installToFutureLocations?: boolean
}

/**
 * Where an app keeps its tokens; one store for one app. Keys are `location:<id>` and `company:<id>`.
 * A store that several processes share must be able to read what another process has just written.
 */
export interface TokenStore {
  get(key: string): Promise<TokenRecord | undefined>
  set(key: string, record: TokenRecord): Promise<void>
  delete(key: string): Promise<void>
  /** Every key. Without it, agency tokens are only found when the caller names the agency. */
  list?(): Promise<readonly string[]>
}

/** Gone when the process ends. For tests and first steps. */
export const memoryStore = (): TokenStore => {
  const records = new Map<string, TokenRecord>()
  return {
    get: async (key) => records.get(key),
    set: async (key, record) => void records.set(key, record),
    delete: async (key) => void records.delete(key),
    list: async () => [...records.keys()],
  }
}

export const keyOf = (owner: Owner): string =>
  owner.locationId === undefined ? `company:${owner.companyId}` : `location:${owner.locationId}`

/** The body of a token reply (wire-contract §1.3; RFC 6749 §5.1). */
export interface TokenReply {
  readonly access_token: string
  readonly expires_in?: number
  readonly refresh_token?: string
  readonly scope?: string
  readonly userType?: 'Location' | 'Company'
  readonly companyId?: string
  readonly locationId?: string
  readonly userId?: string
  readonly isBulkInstallation?: boolean
  readonly approvedLocations?: readonly string[]
  readonly approveAllLocations?: boolean
  readonly installToFutureLocations?: boolean
}

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

/** The record of a reply; `known` fills in what the shorter forms of the reply leave out. */
export const recordOf = (reply: TokenReply, nowMs: number, known: Partial<TokenRecord> = {}): TokenRecord => {
  const locationId = reply.locationId ?? known.locationId
  return defined({
    accessToken: reply.access_token,
    refreshToken: reply.refresh_token ?? known.refreshToken,
    obtainedAt: nowMs,
    // 24 hours is what the platform issues where it does not say.
    expiresAt: nowMs + (reply.expires_in ?? 86_399) * 1000,
    scopes: reply.scope?.split(/\s+/).filter(Boolean) ?? known.scopes ?? [],
    userType: reply.userType ?? known.userType ?? (locationId === undefined ? 'Company' : 'Location'),
    companyId: reply.companyId ?? known.companyId,
    locationId,
    userId: reply.userId ?? known.userId,
    isBulkInstallation: reply.isBulkInstallation ?? known.isBulkInstallation,
    approvedLocations: reply.approvedLocations ?? known.approvedLocations,
    approveAllLocations: reply.approveAllLocations ?? known.approveAllLocations,
    installToFutureLocations: reply.installToFutureLocations ?? known.installToFutureLocations,
  })
}

/** Under which key a record belongs. */
export const ownerOf = (record: TokenRecord): Owner => {
  if (record.userType === 'Location' && record.locationId) return { locationId: record.locationId }
  if (record.companyId) return { companyId: record.companyId }
  throw new Error(
    'The token reply names neither a sub-account nor an agency, so the tokens cannot be stored. Exchange the code again.',
  )
}
