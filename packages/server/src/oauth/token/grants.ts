import type { Reply } from '@groundlevel/contract-kit'
import type { oauth as api } from '@groundlevel/contracts'
import { type AuditEntry, writeAudit } from '../../audit.js'
import type { Db } from '../../database/wire.js'
import type { InstallRow, TokenRow } from '../../marketplace/installs/index.js'
import type { Issuer } from '../access/claims.js'
import type { Family } from '../access/families.sql.js'
import { oauthError } from '../oauth-error.js'
import type { Client, OAuthParts } from '../parts.js'
import type { Revoke } from '../revocation.js'

export type TokenReply = Reply<typeof api.token.exchange>

/** What every grant of the token endpoint works with. */
export interface GrantParts extends OAuthParts {
  readonly issuer: () => Issuer
  readonly revoke: Revoke
}

/** One request to the token endpoint, its client proven. */
export interface GrantRequest {
  readonly client: Client
  readonly body: {
    readonly code?: string
    readonly refresh_token?: string
    readonly redirect_uri?: string
    readonly code_verifier?: string
    readonly scope?: string
  }
  readonly pool: Db
  readonly now: Date
  readonly traceId: string
  readonly ip: string
}

type Tenant = Pick<Family, 'appId' | 'companyId' | 'locationId' | 'installId'> & { readonly familyId?: string | null }

export const tokenRow = (
  { now, traceId }: Pick<GrantRequest, 'now' | 'traceId'>,
  tenant: Tenant,
  act: string,
  { ok = true, why = '' }: { ok?: boolean; why?: string } = {},
): TokenRow => ({
  at: now,
  traceId,
  act,
  kind: 'token',
  appId: tenant.appId,
  companyId: tenant.companyId,
  locationId: tenant.locationId,
  familyId: tenant.familyId ?? null,
  installId: tenant.installId,
  ok,
  why,
})

/** Something that must be found again although the request is refused. */
export const auditRefusal = (
  { pool, now, traceId, ip }: GrantRequest,
  tenant: Tenant,
  act: string,
  detail: AuditEntry['detail'] = {},
) =>
  writeAudit(pool, {
    at: now,
    act,
    appId: tenant.appId,
    companyId: tenant.companyId,
    locationId: tenant.locationId,
    traceId,
    ip,
    detail,
  })

/** HighLevel's own words for a paused sub-account. */
export const demandActiveLocation = async ({ people }: Pick<OAuthParts, 'people'>, locationId: string | null): Promise<void> => {
  if (locationId === null) return
  const location = await people.location(locationId)
  if (location?.status !== 'active') throw oauthError('invalid_grant', 'Location is not active')
}

type Bought = Pick<Family, 'companyId' | 'locationId' | 'userId' | 'installId'>

const bulkFields = async ({ installs }: Pick<OAuthParts, 'installs'>, install: InstallRow, db: Db) => ({
  approvedLocations: (await installs.ofBulk(install.installId, db)).map((each) => each.locationId as string),
  approveAllLocations: install.approveAllLocations,
  installToFutureLocations: install.installToFutureLocations,
})

/** The fields beside the pair: a sub-account's token, an agency's, or that of an agency's choice of sub-accounts (wire-contract §1.3). */
export const describe = async (
  parts: Pick<OAuthParts, 'installs'>,
  { companyId, locationId, userId, installId }: Bought,
  db: Db,
) => {
  if (locationId !== null) return { userType: 'Location' as const, companyId, locationId, userId, isBulkInstallation: false }
  const install = await parts.installs.install(installId, db)
  const bulk = install?.kind === 'bulk'
  return {
    userType: 'Company' as const,
    companyId,
    userId,
    isBulkInstallation: bulk,
    ...(install && bulk && (await bulkFields(parts, install, db))),
  }
}
