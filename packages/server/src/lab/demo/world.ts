import { scopes } from '@groundlevel/contracts'
import type { NewCompany, NewLocation } from '../../identity/index.js'
import type { AppSettings } from '../../marketplace/index.js'

// What the demo world is made of. Names may be relied on; ids, passwords, secrets and tokens are new in every installation.

export const company: NewCompany = {
  name: 'Northwind Agency',
  email: 'hello@northwind.example',
  phone: '+12065550100',
  website: 'https://northwind.example',
  timezone: 'America/Los_Angeles',
}

/** The first one refuses duplicates; people and the sub-account token belong to it. */
export const locations: readonly Omit<NewLocation, 'companyId'>[] = [
  {
    name: 'Harbor Dental',
    email: 'front-desk@harbor-dental.example',
    phone: '+15035550110',
    address: '120 NW Harbor Street',
    city: 'Portland',
    state: 'OR',
    country: 'US',
    postalCode: '97209',
    website: 'https://harbor-dental.example',
    timezone: 'America/Los_Angeles',
    settings: { allowDuplicateContact: false },
  },
  {
    name: 'Summit Fitness',
    email: 'team@summit-fitness.example',
    phone: '+13035550120',
    address: '48 Larimer Square',
    city: 'Denver',
    state: 'CO',
    country: 'US',
    postalCode: '80202',
    website: 'https://summit-fitness.example',
    timezone: 'America/Denver',
    settings: { allowDuplicateContact: true },
  },
  {
    name: 'Willow & Finch Law',
    email: 'office@willow-finch.example',
    phone: '+15125550130',
    address: '900 Congress Avenue',
    city: 'Austin',
    state: 'TX',
    country: 'US',
    postalCode: '78701',
    website: 'https://willow-finch.example',
    timezone: 'America/Chicago',
    settings: { allowDuplicateContact: false },
  },
]

export type DemoRole = 'developer' | 'agency-owner' | 'agency-admin' | 'location-admin' | 'location-user'

interface DemoPersonPlan {
  readonly role: DemoRole
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

export const people: readonly DemoPersonPlan[] = [
  { role: 'developer', firstName: 'Dana', lastName: 'Developer', email: 'dana@leadrouter.example' },
  { role: 'agency-owner', firstName: 'Olivia', lastName: 'Owner', email: 'olivia@northwind.example' },
  { role: 'agency-admin', firstName: 'Adam', lastName: 'Admin', email: 'adam@northwind.example' },
  { role: 'location-admin', firstName: 'Maya', lastName: 'Manager', email: 'maya@harbor-dental.example' },
  { role: 'location-user', firstName: 'Felix', lastName: 'Frontdesk', email: 'felix@harbor-dental.example' },
]

export const developerName = 'Dana Developer'

const scopeNames = scopes.map((scope) => scope.name)
const subAccountScopes = scopes.filter((scope) => !scope.agencyOnly).map((scope) => scope.name)

/** What an agency's own dashboard reads: nothing of contacts, else each of their events would arrive twice. */
const agencyScopes = [
  ...scopes.filter((scope) => scope.agencyOnly).map((scope) => scope.name),
  'locations.readonly',
  'users.readonly',
  'users.write',
  'oauth.readonly',
  'oauth.write',
  'marketplace-installer-details.readonly',
]

const profile = {
  appType: 'public',
  listingType: 'standard',
  allowLocationInstall: false,
  companyName: 'Lead Router Labs',
  website: '',
  supportEmail: 'support@leadrouter.example',
  supportPhone: '',
  logo: '',
  requirePkce: false,
} as const

export const leadRouter: AppSettings = {
  ...profile,
  name: 'Lead Router',
  targetUser: 'location',
  whoCanInstall: 'both',
  bulkInstall: true,
  tagline: 'Sends every new lead to the person who answers first.',
  description:
    'Lead Router watches the contacts of a sub-account and hands each new one on by rules that you write. The example app of Groundlevel, running beside it.',
  categories: ['Lead management'],
  scopes: subAccountScopes,
  redirectUris: ['http://127.0.0.1:4100/oauth/callback'],
  webhookUrl: 'http://127.0.0.1:4100/webhooks',
}

export const agencyInsights: AppSettings = {
  ...profile,
  name: 'Agency Insights',
  targetUser: 'company',
  whoCanInstall: 'agency',
  bulkInstall: false,
  tagline: 'How your sub-accounts are doing, on one page.',
  description:
    'Agency Insights reads the sub-accounts and users of an agency and shows them side by side. It never sees a contact.',
  categories: ['Reporting'],
  scopes: agencyScopes,
  redirectUris: ['http://127.0.0.1:4200/oauth/callback'],
  webhookUrl: 'http://127.0.0.1:4200/webhooks',
}

/** Scopes of the two private integration tokens: every one of their level. */
export const tokenScopes = { agency: scopeNames, location: subAccountScopes }

/** Contacts by sub-account: 200 in all, and at least 100 in the first. */
export const contactCounts = [120, 50, 30] as const
