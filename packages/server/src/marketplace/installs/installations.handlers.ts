import { forbidden, found } from '@groundlevel/contract-kit'
import { marketplace as api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import type { Principal } from '../../http/principal.js'
import type { Installs } from './installs.js'
import { relationshipNumber } from './installs.rules.js'
import type { Company, People } from './parts.js'

const demandOwnApp = (principal: Principal, appId: string) => {
  if (principal.appId === appId) return
  throw forbidden(
    'The token does not have access to this app.',
    `The token belongs to app ${principal.appId}, the request is about ${appId}.`,
  )
}

const demandOwnCompany = (principal: Principal, companyId: string | undefined) => {
  if (companyId === undefined || companyId === principal.companyId) return
  throw forbidden('The token does not have access to this company.')
}

interface Asked {
  readonly companyId?: string
  readonly locationId?: string
}

/** Which install the request is about: of the sub-account it names, else of the token's own tenant. */
const installAsked = async (installs: Installs, principal: Principal, { companyId, locationId }: Asked) => {
  demandOwnCompany(principal, companyId)
  const appId = principal.appId as string
  if (principal.actor === 'location') {
    if (locationId !== undefined && locationId !== principal.locationId) {
      throw forbidden(
        'The token does not have access to this location.',
        `The request is about ${locationId}, the token about ${principal.locationId}.`,
      )
    }
    return installs.ofLocation(appId, principal.locationId as string)
  }
  if (locationId === undefined) return installs.ofCompany(appId, principal.companyId)
  const install = await installs.ofLocation(appId, locationId)
  return install?.companyId === principal.companyId ? install : undefined
}

const whitelabel = (company: { whitelabelDomain?: string | null; logoUrl?: string | null }) =>
  company.whitelabelDomain ? { whitelabelDetails: { domain: company.whitelabelDomain, logoUrl: company.logoUrl ?? '' } } : {}

/** A sub-account's install learns nothing personal about the agency (wire-contract §6.3). */
const contactPerson = async (people: People, company: Company, { actor }: Principal) =>
  actor === 'location'
    ? { companyEmail: null, companyOwnerFullName: null }
    : { companyEmail: company.email ?? null, companyOwnerFullName: (await people.ownerName(company.id)) ?? null }

/** What an app may learn and do about its own installation. */
export const installationsHandlers = (installs: Installs, { people }: { people: People }) =>
  implement(api.installations, () => ({}), {
    get: async ({ appId }, { principal }) => {
      demandOwnApp(principal, appId)
      const company = found(await people.company(principal.companyId), 'Company')
      return {
        installationDetails: {
          companyId: company.id,
          ...(principal.locationId && { locationId: principal.locationId }),
          companyName: company.name,
          relationshipNumber: relationshipNumber(company.id),
          ...(await contactPerson(people, company, principal)),
          userId: principal.userId ?? '',
          isWhitelabelCompany: company.isWhitelabel,
          companyPlan: null,
          companyHighLevelPlan: null,
          marketplaceAppPlanId: null,
          ...(company.isWhitelabel && whitelabel(company)),
        },
      }
    },

    remove: async ({ appId, body }, context) => {
      const { principal, call } = context
      demandOwnApp(principal, appId)
      const install = found(await installAsked(installs, principal, body), 'Installation')
      await installs.uninstall(context, install.installId, {
        because: body.reason ? `removed by the app: ${body.reason}` : 'removed by the app',
        ip: call.request.ip,
      })
      return { success: true }
    },
  })
