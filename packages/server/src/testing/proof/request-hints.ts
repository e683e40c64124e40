import type { Operation } from '@groundlevel/contract-kit'
import type { Asker } from './requests.js'

/** What a contract does not say of a request that succeeds. */
interface Hint {
  readonly params?: Record<string, string>
  readonly query?: Record<string, unknown>
  readonly body?: Record<string, unknown>
}

let made = 0

/** Records of payments and products have such ids; parts of them have any. */
const recordId = /^[0-9a-f]{24}$/

/** Times that fit together, whether or not somebody is free then. */
const booked = {
  startTime: '2027-03-04T10:00:00Z',
  endTime: '2027-03-04T11:00:00Z',
  ignoreFreeSlotValidation: true,
  rrule: undefined,
}
const blocked = { startTime: '2027-03-04T10:00:00Z', endTime: '2027-03-04T11:00:00Z', calendarId: undefined }
const week = { startTime: '1804000000000', endTime: '1805000000000' }
const rooms: Hint = { params: { resourceType: 'rooms' } }

/** What must be of a pipeline or in step with something else that a shape does not name is left to its default. */
const stateless: Hint = {
  body: { pipelineStageId: undefined, customFields: undefined, lostReasonId: undefined, forecastExpectedCloseDate: '2027-03-04' },
}

/**
 * Requests that the shapes alone do not give: of two fields one, a value with a grammar of its own. By key of the operation;
 * an operation that is not here is asked as its contract says.
 */
const hints: Readonly<Record<string, (asker: Asker) => Hint>> = {
  'calendars.appointment.create': ({ tenant, ids }) => ({
    body: { ...booked, locationId: tenant.locationId, calendarId: ids.newest('calendars.calendar') },
  }),
  'calendars.appointment.get': ({ ids }) => ({ params: { eventId: ids.newest('calendars.appointment') ?? 'none' } }),
  'calendars.appointment.remove': ({ ids }) => ({ params: { eventId: ids.newest('calendars.appointment') ?? 'none' } }),
  'calendars.appointment.list': ({ ids }) => ({ query: { calendarId: ids.newest('calendars.calendar'), ...week } }),
  'calendars.appointment.update': ({ ids }) => ({
    params: { eventId: ids.newest('calendars.appointment') ?? 'none' },
    body: { ...booked, calendarId: ids.newest('calendars.calendar') },
  }),
  'calendars.blocked.create': ({ tenant }) => ({ body: { ...blocked, assignedUserId: tenant.userId } }),
  'calendars.blocked.list': ({ ids }) => ({ query: { calendarId: ids.newest('calendars.calendar'), ...week } }),
  'calendars.blocked.update': ({ tenant, ids }) => ({
    params: { eventId: ids.newest('calendars.blocked') ?? 'none' },
    body: { ...blocked, assignedUserId: tenant.userId },
  }),
  'calendars.calendar.create': () => ({ body: { availabilities: undefined, groupId: undefined } }),
  'calendars.calendar.update': () => ({ body: { availabilities: undefined, groupId: undefined } }),
  'calendars.feeds.create': ({ ids }) => ({ body: { userId: undefined, calendarId: ids.newest('calendars.calendar') } }),
  'calendars.feeds.remove': ({ ids }) => ({ params: { feedId: ids.newest('calendars.feeds') ?? 'none' } }),
  'calendars.notes.remove': ({ ids }) => ({ params: { noteId: ids.newest('calendars.notes') ?? 'none' } }),
  'calendars.notes.update': ({ ids }) => ({ params: { noteId: ids.newest('calendars.notes') ?? 'none' } }),
  'calendars.resources.create': () => rooms,
  'calendars.resources.get': () => rooms,
  'calendars.resources.list': () => rooms,
  'calendars.resources.remove': () => rooms,
  'calendars.resources.update': () => rooms,
  'calendars.schedules.create': () => ({ body: { rules: [] } }),
  'calendars.schedules.update': () => ({ body: { rules: [] } }),
  'campaigns.campaign.create': ({ tenant }) => ({
    body: { locationId: tenant.locationId, name: tenant.name, status: 'published' },
  }),
  'contacts.bulk.tags': () => ({ params: { type: 'add' } }),
  'contacts.search.advanced': ({ tenant }) => ({
    body: { locationId: tenant.locationId, pageLimit: 5, filters: [], searchAfter: undefined, sort: undefined },
  }),
  'contacts.search.duplicate': () => ({ query: { email: 'nobody@example.com' } }),
  'contacts.tasks.create': () => ({ body: { dueDate: '2027-01-01T00:00:00.000Z' } }),
  'contacts.tasks.update': () => ({ body: { dueDate: '2027-01-02T00:00:00.000Z' } }),
  'conversations.appProviders.create': () => ({ body: { deliveryUrl: 'https://provider.example' } }),
  'conversations.appProviders.update': ({ ids }) => ({
    params: { providerId: ids.newest('conversations.appProviders') ?? 'none' },
  }),
  'conversations.appProviders.remove': ({ ids }) => ({
    params: { providerId: ids.newest('conversations.appProviders') ?? 'none' },
  }),
  'installs.installed.list': ({ tenant }) => ({ query: { companyId: tenant.companyId } }),
  'conversations.messages.inbound': ({ ids }) => ({ body: { contactId: ids.newest('contact'), message: 'hello' } }),
  'conversations.messages.outbound': ({ tenant, ids }) => ({
    body: { conversationProviderId: tenant.providers.Call, contactId: ids.newest('contact') },
  }),
  'conversations.messages.send': ({ tenant }) => ({ body: { type: 'Live_Chat', message: `hello ${tenant.name}` } }),
  'conversations.providers.choose': ({ tenant }) => ({ body: { conversationProviderId: tenant.providers.SMS } }),
  'conversations.uploads.initiate': () => ({ body: { filename: 'call.mp3' } }),
  'customFields.fields.create': ({ tenant }) => ({
    body: { objectKey: 'contact', fieldKey: `contact.${tenant.name}${++made}`, name: `${tenant.name} ${made}` },
  }),
  'customFields.fields.list': () => ({ params: { objectKey: 'contact' } }),
  'customFields.folders.create': () => ({ body: { objectKey: 'contact' } }),
  'emails.builder.change': ({ ids }) => ({ params: { templateId: ids.newest('builder') ?? 'none' }, body: { parentId: null } }),
  'emails.builder.get': ({ ids }) => ({ params: { templateId: ids.newest('builder') ?? 'none' } }),
  'emails.builder.remove': ({ ids }) => ({ params: { templateId: ids.newest('builder') ?? 'none' } }),
  'forms.form.create': () => ({ body: { fields: [{ key: 'email', label: 'E-mail' }], settings: undefined } }),
  'forms.form.update': () => ({ body: { fields: undefined, settings: undefined } }),
  'surveys.survey.create': () => ({ body: { fields: [{ key: 'email', label: 'E-mail' }], settings: undefined } }),
  'surveys.survey.update': () => ({ body: { fields: undefined, settings: undefined } }),
  'locations.recurringTasks.create': () => ({
    body: { rruleOptions: { intervalType: 'daily', interval: 1, startDate: '2027-01-01T00:00:00.000Z', dueAfterSeconds: 0 } },
  }),
  'locations.recurringTasks.update': () => ({ body: { rruleOptions: undefined } }),
  'locations.templates.list': ({ tenant }) => ({ query: { originId: tenant.locationId } }),
  'lab.clock.advance': () => ({ body: { byMs: 1, to: undefined } }),
  'payments.coupon.get': ({ ids }) => ({ query: { id: ids.newest('payments.coupon') ?? 'none' } }),
  'payments.coupon.update': ({ ids }) => ({
    body: { id: ids.newest('payments.coupon') ?? 'none', startDate: '2026-01-01', endDate: undefined },
  }),
  'payments.coupon.create': () => ({ body: { startDate: '2026-01-01', endDate: undefined } }),
  'payments.coupon.remove': ({ ids }) => ({ body: { id: ids.newest('payments.coupon') ?? 'none' } }),
  'payments.refund.settle': () => ({ body: { outcome: 'failed' } }),
  'payments.order.create': ({ tenant }) => ({
    body: { items: [{ name: tenant.name, price: 5, qty: 2 }], couponCode: undefined },
  }),
  'payments.order.update': () => ({
    body: { items: undefined, couponCode: undefined, shipping: undefined, status: 'processing' },
  }),
  // Orders name products of their own: these want one that is in the catalogue.
  'products.bulk.update': ({ ids }) => ({ body: { productIds: [ids.newest('products.product', recordId) ?? 'none'] } }),
  'products.inventory.update': ({ ids }) => ({
    body: { items: [{ priceId: ids.newest('products.price', recordId) ?? 'none' }] },
  }),
  'products.bulk.edit': ({ ids, tenant }) => ({
    body: { products: [{ _id: ids.newest('product') ?? 'none', description: tenant.name }] },
  }),
  'products.productStore.priority': ({ ids }) => ({
    body: { products: [{ _id: ids.newest('product') ?? 'none', displayPriority: 1 }] },
  }),
  'products.review.bulk': ({ ids }) => ({
    body: { reviews: [{ reviewId: ids.newest('products.review') ?? 'none', productId: 'any', storeId: 'any' }] },
  }),
  'products.price.update': () => ({ body: { recurring: { interval: 'month', intervalCount: 1 } } }),
  'opportunities.lostReasons.create': ({ tenant }) => ({
    body: { locationId: tenant.locationId, name: `${tenant.name}${++made}` },
  }),
  'opportunities.lostReasons.update': ({ tenant }) => ({ body: { name: `${tenant.name}${++made}` } }),
  'opportunities.opportunity.create': () => stateless,
  'opportunities.opportunity.update': () => stateless,
  'opportunities.opportunity.upsert': ({ ids }) => ({
    body: { ...stateless.body, id: undefined, contactId: ids.newest('contact'), followers: [] },
  }),
  'opportunities.opportunity.status': () => ({ body: { lostReasonId: undefined } }),
  'opportunities.pipelines.update': () => ({ body: { stages: undefined } }),
  'opportunities.search.advanced': ({ tenant }) => ({ body: { locationId: tenant.locationId, limit: 5 } }),
  'opportunities.search.list': ({ tenant }) => ({ query: { location_id: tenant.locationId } }),
  'workflows.workflow.create': ({ tenant }) => ({
    body: {
      locationId: tenant.locationId,
      name: tenant.name,
      status: 'published',
      triggers: [],
      actions: [{ type: 'add_tag', tags: ['a'] }],
    },
  }),
  'workflows.workflow.update': () => ({ body: { status: 'published', triggers: undefined, actions: undefined } }),
  'workflows.versions.get': () => ({ params: { version: '1' } }),
  'workflows.versions.restore': () => ({ params: { version: '1' } }),
  'snapshots.snapshot.compare': ({ ids }) => ({
    params: { snapshotId: ids.newest('snapshot') ?? 'none', otherId: ids.newest('snapshot') ?? 'none' },
  }),
  // A link for anybody is meant to show the snapshot to other agencies.
  'snapshots.share.create': ({ tenant, ids }) => ({
    body: {
      snapshot_id: ids.newest('snapshot') ?? 'none',
      share_type: 'location_link',
      share_location_id: tenant.locationId,
    },
  }),
  'snapshots.share.get': ({ ids }) => ({ params: { shareId: ids.newest('snapshots.share') ?? 'none' } }),
  'snapshots.share.revoke': ({ ids }) => ({ params: { shareId: ids.newest('snapshots.share') ?? 'none' } }),
  'users.user.get': ({ tenant }) => ({ params: { userId: tenant.userId } }),
}

const none: Hint = {}

export const hintOf = ({ key }: Operation, asker: Asker): Hint => hints[key]?.(asker) ?? none

/** Of these no request that works can be made here: they are asked as their own tenant in the tests of their rooms. */
export const askedElsewhere: ReadonlySet<string> = new Set([
  // Of a link that another agency has made, and of what the log, which is off here, has written.
  'apps.snapshot.put',
  'apps.snapshot.remove',
  'timeline.rows.get',
  'timeline.deliveries.resend',
  // Of two contacts, which no single request names.
  'contacts.merge.merge',
  // Of customers, whose id is a contact's; of what only a payment makes; of prices that an order has made.
  'payments.customer.update',
  'payments.customer.remove',
  'payments.transaction.get',
  'payments.transaction.refund',
  'payments.refund.list',
  'payments.refund.settle',
  'payments.subscription.get',
  'payments.subscription.cancel',
  'payments.fulfillment.create',
  // Of a provider that an app has connected.
  'payments.orderPayment.charge',
  // Of an app that answers at an address of its own.
  'payments.savedMethod.list',
  'payments.savedMethod.charge',
  // Of another agency's snapshot.
  'snapshots.share.import',
  // Of a file, which is no JSON, and of what it makes.
  'contacts.csv.import',
  'contacts.imports.get',
  'contacts.imports.errors',
  'contacts.imports.start',
  'contacts.imports.cancel',
  'locations.fieldFiles.upload',
  'forms.formFiles.upload',
  // About a message that is scheduled, a call, of a provider, or a review: which of them an id is, no request tells.
  'conversations.emails.cancel',
  'conversations.emailStatus.set',
  'conversations.messages.cancel',
  'conversations.messages.reviewReply',
  'conversations.messages.setAttachments',
  'conversations.messages.setStatus',
  'conversations.recordings.get',
  'conversations.transcriptions.download',
  'conversations.transcriptions.get',
  'conversations.transcriptions.store',
  'conversations.uploads.complete',
  'conversations.uploads.upload',
  // Its contact must have the address that it names.
  'conversations.subscriptions.change',
  // The removal of its contact has taken it along.
  // Its id is answered as `emailMessageId`.
  'conversations.emails.get',
  // Its id is answered by the list of its workflow alone.
  'workflows.enrolments.get',
  // Of an app that is installed and supplies something.
  'workflows.workflow.ask',
  'workflows.enrolments.resume',
  // Made by the public page alone.
  'forms.formSubmissions.get',
  'forms.formSubmissions.remove',
  'surveys.surveySubmissions.get',
  'surveys.surveySubmissions.remove',
  // Its id is answered as `redirect`, which is not known to be one.
  'emails.builder.update',
])
