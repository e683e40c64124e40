/** Shapes that queries select: the only part of a contract that SQL may know. */

export { AppAction, AppTrigger, SuppliedAction, SuppliedField, SuppliedTrigger } from './apps/supplied.shapes.js'
export { Business } from './businesses/business.contract.js'
export { CalendarGroup } from './calendars/groups.contract.js'
export { AppointmentNote } from './calendars/notes.contract.js'
export { CalendarResource } from './calendars/resources.contract.js'
export { Schedule } from './calendars/schedules.contract.js'
export { Campaign } from './campaigns/campaign.contract.js'
export { ContactAppointment } from './contacts/appointments.contract.js'
export { Attribution, Contact, ContactCreated, ContactHit, ContactRow } from './contacts/contact.shapes.js'
export { ContactImport } from './contacts/import.contract.js'
export { Note } from './contacts/notes.contract.js'
export { Task } from './contacts/tasks.contract.js'
export { Conversation, ConversationChanged, ConversationCreated, ConversationHit } from './conversations/conversation.shapes.js'
export { Email, Message } from './conversations/message.shapes.js'
export { Subtype } from './conversations/preferences.contract.js'
export { CustomField, CustomFieldFolder, LocationCustomField } from './custom-fields/field.shapes.js'
export { EmailTemplate, EmailTemplateContent } from './emails/builder.contract.js'
export { EmailSchedule } from './emails/schedule.contract.js'
export { Form, FormRow, FormSubmission, SurveySubmission } from './forms/form.shapes.js'
export { KeptMessage } from './lab/outbox.contract.js'
export { Link, LinkClick } from './links/link.contract.js'
export { CustomValue } from './locations/custom-values.contract.js'
export { Location, LocationRow, LocationWritten } from './locations/location.shapes.js'
export { LocationTag } from './locations/tags.contract.js'
export { RecurringTask } from './locations/tasks.contract.js'
export { MessageTemplate } from './locations/templates.contract.js'
export { LostReason } from './opportunities/lost-reasons.contract.js'
export { Opportunity, OpportunityHit } from './opportunities/opportunity.shapes.js'
export { Pipeline } from './opportunities/pipelines.contract.js'
export { Coupon } from './payments/coupon.contract.js'
export { Customer } from './payments/customer.contract.js'
export { Subscription, SubscriptionRow, Transaction, TransactionRow } from './payments/money-moved.shapes.js'
export { Fulfillment, Order, OrderNote, OrderRow } from './payments/order.shapes.js'
export { ConnectedProvider, CustomProvider, WhitelabelProvider } from './payments/provider.contract.js'
export { Collection, InventoryItem, Price, Product, ProductRow, Review, Tax } from './products/product.shapes.js'
export { Snapshot, SnapshotPush, SnapshotPushLatest, SnapshotRow } from './snapshots/snapshot.contract.js'
export { User } from './users/user.shapes.js'
export {
  Enrolment,
  Workflow,
  WorkflowRow,
  WorkflowStep,
  WorkflowVersion,
  WorkflowVersionWhole,
} from './workflows/workflow.shapes.js'
