import { t } from '@groundlevel/contract-kit'

const on = [
  'campaignsEnabled',
  'contactsEnabled',
  'workflowsEnabled',
  'triggersEnabled',
  'funnelsEnabled',
  'opportunitiesEnabled',
  'dashboardStatsEnabled',
  'bulkRequestsEnabled',
  'appointmentsEnabled',
  'reviewsEnabled',
  'onlineListingsEnabled',
  'phoneCallEnabled',
  'conversationsEnabled',
  'settingsEnabled',
  'tagsEnabled',
  'leadValueEnabled',
  'marketingEnabled',
  'agentReportingEnabled',
  'socialPlanner',
  'bloggingEnabled',
  'invoiceEnabled',
  'affiliateManagerEnabled',
  'contentAiEnabled',
  'refundsEnabled',
  'recordPaymentEnabled',
  'cancelSubscriptionEnabled',
  'paymentsEnabled',
  'communitiesEnabled',
  'exportPaymentsEnabled',
] as const

const off = [
  'campaignsReadOnly',
  'workflowsReadOnly',
  'websitesEnabled',
  'assignedDataOnly',
  'adwordsReportingEnabled',
  'membershipEnabled',
  'facebookAdsReportingEnabled',
  'attributionsReportingEnabled',
  'botService',
] as const

/** Seen in replies of the live service, in no document: accepted, and shown once they were set. */
const undocumented = [
  'opportunitiesBulkActionsEnabled',
  'certificatesEnabled',
  'mediaStorageEnabled',
  'reportingEnabled',
  'adPublishingEnabled',
  'adPublishingReadOnly',
  'wordpressEnabled',
  'customMenuLinkReadOnly',
  'customMenuLinkWrite',
  'gokollabEnabled',
] as const

type Permission = (typeof on)[number] | (typeof off)[number] | (typeof undocumented)[number]

const flag = t.Optional(t.Boolean())
const flags = Object.fromEntries([...on, ...off, ...undocumented].map((name) => [name, flag])) as Record<Permission, typeof flag>

/** What a user may see and do in a sub-account. */
export const Permissions = t.Object(flags)

/** What holds of a user for whom nothing else was said. */
export const defaultPermissions: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...on.map((name) => [name, true]),
  ...off.map((name) => [name, false]),
])

/** Flags that webhooks carry: all documented ones but the youngest. */
export const permissionsInEvents: readonly string[] = Object.keys(defaultPermissions).filter(
  (name) => name !== 'exportPaymentsEnabled',
)
