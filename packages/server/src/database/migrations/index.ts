import type { Migration } from '../migrate.js'
import { foundation } from './0001-foundation.js'
import { identity } from './0002-identity.js'
import { marketplace } from './0003-marketplace.js'
import { oauth } from './0004-oauth.js'
import { webhooks } from './0005-webhooks.js'
import { contacts } from './0006-contacts.js'
import { timeline } from './0007-timeline.js'
import { contactsInDepth } from './0008-contacts-in-depth.js'
import { contactFieldValues } from './0009-contact-field-values.js'
import { searchIndexes } from './0009-search-indexes.js'
import { customFields } from './0010-custom-fields.js'
import { templates } from './0011-templates.js'
import { businesses } from './0012-businesses.js'
import { families } from './0013-families.js'
import { people } from './0014-people.js'
import { protection } from './0015-protection.js'
import { portal } from './0016-portal.js'
import { filesAndTouches } from './0018-files-and-touches.js'
import { importAtSpeed } from './0018-import-at-speed.js'
import { requestLog } from './0019-request-log.js'
import { conversations } from './0020-conversations.js'
import { forms } from './0021-forms.js'
import { workflows } from './0022-workflows.js'
import { opportunities } from './0023-opportunities.js'
import { calendars } from './0024-calendars.js'
import { products } from './0025-products.js'
import { payments } from './0026-payments.js'
import { snapshots } from './0027-snapshots.js'
import { workflowHistory } from './0028-workflow-history.js'
import { mailAddresses } from './0030-mail-addresses.js'
import { noticesAndFeeds } from './0031-notices-and-feeds.js'
import { checkout } from './0032-checkout.js'
import { sharedSnapshots } from './0033-shared-snapshots.js'
import { workflowSteps } from './0036-workflow-steps.js'
import { mailLeases } from './0037-mail-leases.js'
import { messagesAtSpeed } from './0038-messages-at-speed.js'
import { refunds } from './0039-refunds.js'
import { appSnapshots } from './0040-snapshots-of-apps.js'
import { noticesOfOpportunities } from './0041-notices-of-opportunities.js'
import { workflowPast } from './0042-workflow-past.js'
import { workflowReminders } from './0042-workflow-reminders.js'
import { workflowSums } from './0042-workflow-sums.js'
import { countsOfEmptiedSubAccounts } from './0043-counts-of-emptied-sub-accounts.js'

/** In the order in which they run; a row is never changed once released. */
export const migrations: readonly Migration[] = [
  foundation,
  identity,
  marketplace,
  oauth,
  webhooks,
  contacts,
  timeline,
  contactsInDepth,
  contactFieldValues,
  searchIndexes,
  customFields,
  templates,
  businesses,
  families,
  people,
  protection,
  portal,
  filesAndTouches,
  importAtSpeed,
  requestLog,
  conversations,
  forms,
  workflows,
  opportunities,
  calendars,
  products,
  payments,
  snapshots,
  workflowHistory,
  mailAddresses,
  noticesAndFeeds,
  checkout,
  sharedSnapshots,
  workflowSteps,
  mailLeases,
  messagesAtSpeed,
  refunds,
  appSnapshots,
  noticesOfOpportunities,
  workflowPast,
  workflowReminders,
  workflowSums,
  countsOfEmptiedSubAccounts,
]
