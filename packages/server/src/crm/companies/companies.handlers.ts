import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { companyProfile, locationsOf } from '../../identity/index.js'
import { relationshipNumber } from '../../marketplace/index.js'

/** What holds of every agency of an installation of one's own: nothing is resold, nothing is on trial. */
const plain = {
  customerType: 'agency',
  status: 'active',
  twilioTrialMode: false,
  twilioFreeCredits: 0,
  isReselling: false,
  enableDepreciatedFeatures: false,
  premiumUpgraded: false,
  disableEmailService: false,
  isEnterpriseAccount: false,
  enableNewSubAccountDefaultData: false,
} as const

/** The agency's profile as the CRM's API shows it; a local start is a sandbox. */
export const companiesModule = ({ sandbox }: { readonly sandbox: boolean }): readonly Implementation[] =>
  implement(api.companies.company, () => ({}), {
    get: async ({ companyId }, { db }) => {
      const { id, name, profile, ...said } = found(await companyProfile(db, companyId), 'Company')
      const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
      const locationCount = await locationsOf(db, companyId).count()
      const ours = { relationshipNumber: relationshipNumber(companyId), locationCount, isSandboxAccount: sandbox }
      return { company: { ...plain, ...profile, ...known, ...ours, id, name } }
    },
  })
