import type { SeedBusiness } from '../../crm/businesses/index.js'
import type { SeedCalendar } from '../../crm/calendars/index.js'
import type { SeedContact, SeedNote } from '../../crm/contacts/index.js'
import type { SeedConversation } from '../../crm/conversations/index.js'
import type { SeedCustomValue } from '../../crm/custom-values/index.js'
import type { SeedForm, SeedSubmission } from '../../crm/forms/index.js'
import type { SeedLink } from '../../crm/links/index.js'
import type { SeedNotice, SeedStaffMessage } from '../../crm/notices/index.js'
import type { SeedOpportunity, SeedPipeline } from '../../crm/opportunities/index.js'
import type { SeedOrder } from '../../crm/payments/index.js'
import type { SeedProduct } from '../../crm/products/index.js'
import type { SeedTask } from '../../crm/tasks/index.js'
import type { SeedTemplate } from '../../crm/templates/index.js'
import type { SeedWorkflow } from '../../crm/workflows/index.js'
import type { Db } from '../../database/wire.js'
import type { CompanyInfo, Identity } from '../../identity/index.js'
import type { Apps } from '../../marketplace/index.js'
import type { Services } from '../../services.js'
import type { Person } from './people.js'

/** An install that nobody is told of: `emit` does nothing. */
export interface QuietWork {
  readonly db: Db
  readonly now: Date
  readonly traceId: string
  afterCommit(act: () => void): void
  emit(): Promise<void>
}

export interface DemoGrant {
  readonly appId: string
  readonly versionId: string
  readonly kind: 'agency' | 'bulk'
  readonly company: Pick<CompanyInfo, 'id' | 'name' | 'isWhitelabel'>
  readonly locationIds: readonly string[]
  readonly userId: string
  readonly scopes: readonly string[]
}

export interface DemoTokenGrant {
  readonly name: string
  readonly companyId: string
  readonly locationId?: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly now: Date
}

/** The rooms that the demo world is built through. Structural: `main.ts` hands in the rooms themselves. */
export interface DemoParts {
  readonly services: Pick<Services, 'db' | 'clock' | 'say'> & { readonly config: Pick<Services['config'], 'dataDir'> }
  readonly identity: Identity
  /** Those that a first start began to make while it waited for its database. */
  readonly people?: Promise<readonly Person[]> | undefined
  readonly apps: Pick<Apps, 'createApp' | 'createKey'>
  readonly installs: {
    add(work: QuietWork, grant: DemoGrant): Promise<{ readonly installId: string }>
    connect(db: Db, installId: string, now: Date): Promise<void>
  }
  createPrivateToken(db: Db, grant: DemoTokenGrant): Promise<{ readonly token: string }>
  seedContacts(db: Db, locationId: string, rows: readonly SeedContact[]): Promise<unknown>
  seedNotes(db: Db, locationId: string, rows: readonly SeedNote[]): Promise<unknown>
  seedConversations(db: Db, locationId: string, rows: readonly SeedConversation[]): Promise<unknown>
  seedTasks(db: Db, locationId: string, rows: readonly SeedTask[]): Promise<unknown>
  seedLinks(db: Db, locationId: string, rows: readonly SeedLink[]): Promise<unknown>
  seedCustomValues(db: Db, locationId: string, rows: readonly SeedCustomValue[]): Promise<unknown>
  seedTemplates(db: Db, locationId: string, rows: readonly SeedTemplate[]): Promise<unknown>
  seedBusinesses(db: Db, locationId: string, rows: readonly SeedBusiness[]): Promise<unknown>
  seedPipeline(db: Db, locationId: string, pipeline: SeedPipeline): Promise<unknown>
  seedCalendar(db: Db, locationId: string, calendar: SeedCalendar): Promise<unknown>
  seedNotices(db: Db, locationId: string, notices: readonly SeedNotice[], messages: readonly SeedStaffMessage[]): Promise<unknown>
  seedOpportunities(db: Db, locationId: string, rows: readonly SeedOpportunity[]): Promise<unknown>
  seedForms(db: Db, locationId: string, forms: readonly SeedForm[], submissions: readonly SeedSubmission[]): Promise<unknown>
  /** Products with their prices, and orders of them that nobody is told of. */
  seedShop(
    db: Db,
    locationId: string,
    products: readonly SeedProduct[],
    orders: readonly SeedOrder[],
    now: Date,
  ): Promise<unknown>
  /** What is set up in a sub-account by then. */
  seedSnapshot(db: Db, about: { companyId: string; locationId: string; name: string }, now: Date): Promise<unknown>
  seedWorkflows(db: Db, locationId: string, rows: readonly SeedWorkflow[]): Promise<unknown>
}
