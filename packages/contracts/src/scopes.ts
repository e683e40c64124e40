/** One scope family: what it is about in plain words, and which of its scopes exist. */
interface Family {
  readonly name: string
  /** Completes "View …" and "Create, change and delete …". */
  readonly noun: string
  readonly group: string
  /** Suffixes that exist, beginning with the dot. */
  readonly has: readonly string[]
  /** Only an agency can grant it. */
  readonly agency?: true
  /** Marked on the consent page: it reaches people or whole accounts. */
  readonly sensitive?: true
}

const both = ['.readonly', '.write'] as const
const read = ['.readonly'] as const
const write = ['.write'] as const
const family = (group: string, name: string, noun: string, has: readonly string[], more: Partial<Family> = {}): Family => ({
  group,
  name,
  noun,
  has,
  ...more,
})

/** Scope names as the official reference page and documents have them, extensions of ours included. */
const families: readonly Family[] = [
  family('Contacts', 'contacts', 'contacts, their notes, tasks and tags', both),
  family('Contacts', 'businesses', 'businesses that contacts belong to', both),
  family('Contacts', 'campaigns', 'campaigns', both),
  family('Contacts', 'links', 'trigger links', both),
  family('Conversations', 'conversations', 'conversations', both),
  family('Conversations', 'conversations/message', 'messages in conversations', both),
  family('Conversations', 'conversations/livechat', 'typing signals of live chats', write),
  family('Conversations', 'conversation-ai', 'conversation AI agents', both),
  family('Conversations', 'chat-widget', 'chat widgets', both),
  family('Calendars', 'calendars', 'calendars and their schedules', both),
  family('Calendars', 'calendars/events', 'appointments and blocked times', both),
  family('Calendars', 'calendars/groups', 'calendar groups', both),
  family('Calendars', 'calendars/resources', 'rooms and equipment of calendars', both),
  family('Sales', 'opportunities', 'opportunities and pipelines', both),
  family('Payments', 'payments/orders', 'orders', ['.readonly', '.write', '.collectPayment']),
  family('Payments', 'payments/transactions', 'transactions', read),
  family('Payments', 'payments/subscriptions', 'subscriptions', read),
  family('Payments', 'payments/coupons', 'coupons', both),
  family('Payments', 'payments/integration', 'white-label payment integrations', both),
  family('Payments', 'payments/custom-provider', 'custom payment providers', both),
  family('Payments', 'payments/customers', 'customer profiles', both),
  family('Payments', 'products', 'products', both),
  family('Payments', 'products/prices', 'prices and stock', both),
  family('Payments', 'products/collection', 'product collections', both),
  family('Payments', 'invoices', 'invoices', both),
  family('Payments', 'invoices/estimate', 'estimates', both),
  family('Payments', 'invoices/schedule', 'recurring invoices', both),
  family('Payments', 'invoices/template', 'invoice templates', both),
  family('Payments', 'charges', 'charges to the wallet', both, { sensitive: true }),
  family('Automation', 'workflows', 'workflows', both),
  family('Automation', 'forms', 'forms and their submissions', both),
  family('Automation', 'surveys', 'surveys and their submissions', both),
  family('Automation', 'voice-ai-agents', 'voice AI agents', both),
  family('Automation', 'voice-ai-agent-goals', 'goals of voice AI agents', both),
  family('Automation', 'voice-ai-dashboard', 'voice AI call logs', read),
  family('Automation', 'agent-studio', 'agent studio agents', both),
  family('Account', 'locations', 'sub-accounts', both, { sensitive: true }),
  family('Account', 'locations/tags', 'tags of the sub-account', both),
  family('Account', 'locations/customFields', 'custom fields', both),
  family('Account', 'locations/customValues', 'custom values', both),
  family('Account', 'locations/tasks', 'tasks of the sub-account', both),
  family('Account', 'locations/templates', 'message templates', both),
  family('Account', 'users', 'users and their permissions', both, { sensitive: true }),
  family('Account', 'companies', 'the agency profile', read, { agency: true }),
  family('Account', 'snapshots', 'snapshots', both, { agency: true }),
  family('Account', 'saas/company', 'SaaS settings of the agency', ['.read', '.write'], { agency: true }),
  family('Account', 'saas/location', 'SaaS settings of sub-accounts', ['.read', '.write'], { agency: true }),
  family('Account', 'custom-menu-link', 'custom menu links', both, { agency: true }),
  family('Account', 'phonenumbers', 'phone numbers', ['.read', '.write']),
  family('Account', 'numberpools', 'number pools', ['.read']),
  family('Data', 'objects/schema', 'custom objects', both),
  family('Data', 'objects/record', 'records of custom objects', both),
  family('Data', 'associations', 'associations between objects', both),
  family('Data', 'associations/relation', 'relations between records', both),
  family('Marketing', 'emails/builder', 'e-mail templates of the builder', both),
  family('Marketing', 'emails/templates', 'e-mail templates', both),
  family('Marketing', 'emails/campaigns', 'e-mail campaigns', both),
  family('Marketing', 'emails/schedule', 'scheduled e-mail campaigns', read),
  family('Marketing', 'emails/stats', 'e-mail statistics', read),
  family('Marketing', 'lc-email', 'e-mail verification', read),
  family('Marketing', 'medias', 'the media library', both),
  family('Marketing', 'blogs/post', 'blog posts', write),
  family('Marketing', 'blogs/post-update', 'published blog posts', write),
  family('Marketing', 'blogs/posts', 'blog posts', read),
  family('Marketing', 'blogs/list', 'blogs', read),
  family('Marketing', 'blogs/author', 'blog authors', read),
  family('Marketing', 'blogs/category', 'blog categories', read),
  family('Marketing', 'blogs/check-slug', 'whether a blog address is free', read),
  family('Marketing', 'brand-boards/design-kit', 'brand boards', both),
  family('Marketing', 'courses', 'courses', write),
  family('Marketing', 'funnels/funnel', 'funnels', read),
  family('Marketing', 'funnels/page', 'funnel pages', read),
  family('Marketing', 'funnels/pagecount', 'the number of funnel pages', read),
  family('Marketing', 'funnels/redirect', 'funnel redirects', both),
  family('Marketing', 'adPublishing', 'ads', both),
  family('Marketing', 'affiliate-manager', 'affiliates', read),
  family('Social planner', 'socialplanner/account', 'connected social accounts', both),
  family('Social planner', 'socialplanner/oauth', 'connections to social networks', both),
  family('Social planner', 'socialplanner/post', 'social posts', both),
  family('Social planner', 'socialplanner/category', 'categories of social posts', both),
  family('Social planner', 'socialplanner/csv', 'CSV imports of social posts', both),
  family('Social planner', 'socialplanner/tag', 'tags of social posts', read),
  family('Social planner', 'socialplanner/statistics', 'statistics of social posts', read),
  family('Marketplace', 'oauth', 'the list of sub-accounts that use this app, and their tokens', both),
  family('Marketplace', 'marketplace-installer-details', 'who installed this app', read),
  family('Marketplace', 'marketplace-external-auth-migration', 'migrated external connections', write),
]

export interface Scope {
  readonly name: string
  readonly group: string
  /** Plain words for the consent page. */
  readonly text: string
  readonly agencyOnly: boolean
  readonly sensitive: boolean
}

const verbs: Readonly<Record<string, string>> = {
  '.readonly': 'View',
  '.read': 'View',
  '.write': 'Create, change and delete',
  '.collectPayment': 'Record payments for',
}

const agencyOnly = (entry: Family, suffix: string) => entry.agency === true || (entry.name === 'locations' && suffix === '.write')

/** Every scope an app may ask for, in the order of the picker. */
export const scopes: readonly Scope[] = families.flatMap((entry) =>
  entry.has.map((suffix) => ({
    name: `${entry.name}${suffix}`,
    group: entry.group,
    text: `${verbs[suffix]} ${entry.noun}`,
    agencyOnly: agencyOnly(entry, suffix),
    sensitive: entry.sensitive === true && suffix !== '.readonly',
  })),
)

export const scopeByName: ReadonlyMap<string, Scope> = new Map(scopes.map((scope) => [scope.name, scope]))
