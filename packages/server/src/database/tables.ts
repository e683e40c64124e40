import type { CalendarsTables } from './tables/calendars.js'
import type { ContactsTables } from './tables/contacts.js'
import type { ConversationsTables } from './tables/conversations.js'
import type { CustomFieldsTables } from './tables/custom-fields.js'
import type { FamiliesTables } from './tables/families.js'
import type { FormsTables } from './tables/forms.js'
import type { IdentityTables } from './tables/identity.js'
import type { MarketplaceTables } from './tables/marketplace.js'
import type { NoticesTables } from './tables/notices.js'
import type { OauthTables } from './tables/oauth.js'
import type { OpportunitiesTables } from './tables/opportunities.js'
import type { PaymentsTables } from './tables/payments.js'
import type { PlatformTables } from './tables/platform.js'
import type { ProductsTables } from './tables/products.js'
import type { ProtectionTables } from './tables/protection.js'
import type { SnapshotsTables } from './tables/snapshots.js'
import type { TemplatesTables } from './tables/templates.js'
import type { ViewsTables } from './tables/views.js'
import type { WebhooksTables } from './tables/webhooks.js'
import type { WorkflowsTables } from './tables/workflows.js'

/** Every table, by room. Columns carry the wire's names, so that no row is renamed on its way out. */
export interface Tables
  extends CalendarsTables,
    ContactsTables,
    ConversationsTables,
    FamiliesTables,
    CustomFieldsTables,
    FormsTables,
    IdentityTables,
    MarketplaceTables,
    NoticesTables,
    OauthTables,
    OpportunitiesTables,
    PaymentsTables,
    PlatformTables,
    ProductsTables,
    ProtectionTables,
    SnapshotsTables,
    TemplatesTables,
    ViewsTables,
    WebhooksTables,
    WorkflowsTables {}
