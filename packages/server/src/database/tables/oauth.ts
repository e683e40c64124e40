import type { Generated } from 'kysely'

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

export interface OauthTables {
  signingKeys: SigningKeysTable
  interactions: InteractionsTable
  tokenFamilies: TokenFamiliesTable
  authorizationCodes: AuthorizationCodesTable
  refreshTokens: RefreshTokensTable
  privateTokens: PrivateTokensTable
}
