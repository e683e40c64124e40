import { apiModule, GET, t } from '@groundlevel/contract-kit'

const companies = apiModule({ name: 'companies', version: '2021-07-28', actors: ['agency'], scope: 'companies' })

const text = t.Optional(t.String())
const flag = t.Optional(t.Boolean())

const Onboarding = t.Object({ pending: t.Boolean(), websiteUrl: text, industryServed: text, customerCount: text })

/** An agency as its own apps see it; what nobody has said of it is left out. */
export const Company = t.Object({
  id: t.String(),
  name: t.String(),
  email: text,
  logoUrl: text,
  phone: text,
  website: text,
  domain: text,
  spareDomain: text,
  privacyPolicy: text,
  termsConditions: text,
  address: text,
  city: text,
  postalCode: text,
  country: text,
  state: text,
  timezone: text,
  relationshipNumber: t.String(),
  subdomain: text,
  plan: t.Optional(t.Number()),
  currency: text,
  customerType: t.String(),
  termsOfServiceVersion: text,
  termsOfServiceAcceptedBy: text,
  termsOfServiceAcceptedDate: text,
  twilioTrialMode: t.Boolean(),
  twilioFreeCredits: t.Number(),
  privacyPolicyVersion: text,
  privacyPolicyAcceptedBy: text,
  privacyPolicyAcceptedDate: text,
  affiliatePolicyVersion: text,
  affiliatePolicyAcceptedBy: text,
  affiliatePolicyAcceptedDate: text,
  isReselling: t.Boolean(),
  onboardingInfo: t.Optional(Onboarding),
  upgradeEnabledForClients: flag,
  cancelEnabledForClients: flag,
  autoSuspendEnabled: flag,
  saasSettings: t.Optional(t.Open()),
  stripeConnectId: text,
  enableDepreciatedFeatures: t.Boolean(),
  premiumUpgraded: t.Boolean(),
  status: t.String(),
  locationCount: t.Integer(),
  disableEmailService: t.Boolean(),
  referralId: text,
  isEnterpriseAccount: t.Boolean(),
  businessNiche: text,
  businessCategory: text,
  businessAffinityGroup: text,
  isSandboxAccount: t.Boolean(),
  enableNewSubAccountDefaultData: t.Boolean(),
})

export const company = companies.resource('company', '/companies', {
  get: GET('/:companyId', {
    id: 'get-company',
    summary: 'The agency’s own profile',
    tenant: 'company',
    reply: t.Object({ company: Company }),
  }),
})
