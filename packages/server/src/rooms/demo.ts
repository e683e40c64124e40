import { seedBusinesses } from '../crm/businesses/index.js'
import { seedCalendar } from '../crm/calendars/index.js'
import { seedContacts, seedNotes } from '../crm/contacts/index.js'
import { seedConversations } from '../crm/conversations/index.js'
import { seedCustomValues } from '../crm/custom-values/index.js'
import { seedForms } from '../crm/forms/index.js'
import { seedLinks } from '../crm/links/index.js'
import { seedNotices } from '../crm/notices/index.js'
import { seedOpportunities, seedPipeline } from '../crm/opportunities/index.js'
import { seedTasks } from '../crm/tasks/index.js'
import { seedTemplates } from '../crm/templates/index.js'
import { seedWorkflows } from '../crm/workflows/index.js'
import { seedShop } from './commerce.js'
import { seedSnapshot } from './snapshots.js'

/** What fills the demo world, family by family. */
export const demoSeeds = {
  seedContacts,
  seedNotes,
  seedConversations,
  seedPipeline,
  seedOpportunities,
  seedCalendar,
  seedNotices,
  seedTasks,
  seedLinks,
  seedCustomValues,
  seedTemplates,
  seedBusinesses,
  seedForms,
  seedWorkflows,
  seedShop,
  seedSnapshot,
}
