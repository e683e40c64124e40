import { createHash } from 'node:crypto'
import type { EventPayload } from '@groundlevel/contracts'
import type { InstallRow } from './installs.sql.js'
import type { Company } from './parts.js'

const whitelabel = (company: Company) =>
  company.isWhitelabel && company.whitelabelDomain
    ? { whitelabelDetails: { domain: company.whitelabelDomain, logoUrl: company.logoUrl ?? '' } }
    : {}

/** What INSTALL tells of one new install. `bulk` is the agency's install that it came with. */
export const installPayload = (install: InstallRow, company: Company, bulk?: InstallRow): EventPayload<'INSTALL'> => ({
  installType: install.kind === 'location' ? 'Location' : 'Company',
  companyId: install.companyId,
  userId: install.userId,
  companyName: company.name,
  isWhitelabelCompany: company.isWhitelabel,
  ...whitelabel(company),
  isBulkInstallation: bulk !== undefined,
  ...(bulk && { approveAllLocations: bulk.approveAllLocations, installToFutureLocations: bulk.installToFutureLocations }),
})

/** Sub-accounts are told apart by `locationId` in the envelope; only an agency's own removal names the company. */
export const uninstallPayload = (install: InstallRow): EventPayload<'UNINSTALL'> =>
  install.locationId === null ? { companyId: install.companyId } : {}

/** A number that stays with the agency, in the form that the official reply shows. */
export const relationshipNumber = (companyId: string): string => {
  const digits = createHash('sha256').update(companyId).digest().readUIntBE(0, 6) % 1_000_000
  const text = String(digits).padStart(6, '0')
  return `0-${text.slice(0, 3)}-${text.slice(3)}`
}
