import type { Input, Reply } from '@groundlevel/contract-kit'
import type { users } from '@groundlevel/contracts'

export type User = Reply<typeof users.user.list>['users'][number]
export type Permission = keyof NonNullable<NonNullable<Input<typeof users.user.create>['body']>['permissions']>

/** The kinds of users as the interface names them. */
export const kindNames = {
  'agency-admin': 'Agency admin',
  'agency-user': 'Agency user',
  'account-admin': 'Sub-account admin',
  'account-user': 'Sub-account user',
} as const
export type Kind = keyof typeof kindNames

export const kindOf = (user: User): Kind => `${user.roles?.type ?? 'account'}-${user.roles?.role ?? 'user'}` as Kind

export const aboutKind: Readonly<Record<Kind, string>> = {
  'agency-admin': 'Everything in the agency and in each of its sub-accounts.',
  'agency-user': 'The agency’s side, for the sub-accounts that you choose.',
  'account-admin': 'Everything in their sub-accounts, users included.',
  'account-user': 'What the permissions below allow, in their sub-accounts.',
}

/** Permissions by the part of the CRM that they open. */
export const permissionGroups: readonly (readonly [string, readonly (readonly [Permission, string])[]])[] = [
  [
    'CRM',
    [
      ['contactsEnabled', 'Contacts'],
      ['tagsEnabled', 'Manage tags'],
      ['bulkRequestsEnabled', 'Bulk actions'],
      ['opportunitiesEnabled', 'Opportunities'],
      ['leadValueEnabled', 'See the value of opportunities'],
      ['conversationsEnabled', 'Conversations'],
      ['appointmentsEnabled', 'Calendars and appointments'],
      ['phoneCallEnabled', 'Phone calls'],
      ['assignedDataOnly', 'Only what is assigned to them'],
      ['settingsEnabled', 'Settings'],
    ],
  ],
  [
    'Marketing',
    [
      ['marketingEnabled', 'E-mails and trigger links'],
      ['campaignsEnabled', 'Campaigns'],
      ['campaignsReadOnly', 'Campaigns: only look'],
      ['workflowsEnabled', 'Workflows'],
      ['workflowsReadOnly', 'Workflows: only look'],
      ['triggersEnabled', 'Triggers'],
      ['funnelsEnabled', 'Funnels'],
      ['websitesEnabled', 'Websites'],
      ['socialPlanner', 'Social planner'],
      ['bloggingEnabled', 'Blogs'],
      ['reviewsEnabled', 'Reviews'],
      ['onlineListingsEnabled', 'Online listings'],
      ['affiliateManagerEnabled', 'Affiliates'],
      ['contentAiEnabled', 'Content AI'],
    ],
  ],
  [
    'Payments',
    [
      ['paymentsEnabled', 'Payments'],
      ['invoiceEnabled', 'Invoices'],
      ['recordPaymentEnabled', 'Record payments'],
      ['refundsEnabled', 'Refunds'],
      ['cancelSubscriptionEnabled', 'Cancel subscriptions'],
      ['exportPaymentsEnabled', 'Export payments'],
    ],
  ],
  [
    'Reports and memberships',
    [
      ['dashboardStatsEnabled', 'Dashboard figures'],
      ['agentReportingEnabled', 'Reports of agents'],
      ['attributionsReportingEnabled', 'Reports of attribution'],
      ['adwordsReportingEnabled', 'Reports of Google Ads'],
      ['facebookAdsReportingEnabled', 'Reports of Facebook Ads'],
      ['membershipEnabled', 'Memberships'],
      ['communitiesEnabled', 'Communities'],
    ],
  ],
]
