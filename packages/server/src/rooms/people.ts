import type { Kysely } from 'kysely'
import type { Blobs } from '../blobs/index.js'
import { moveBlobs } from '../blobs/index.js'
import { businessesModule, businessesOf, businessNameOf } from '../crm/businesses/index.js'
import { contactAppointments, leaveAppointments, moveAppointments } from '../crm/calendars/index.js'
import { campaignsModule, campaignsOf, moveEnrolments } from '../crm/campaigns/index.js'
import {
  clearContactField,
  contactActs,
  contactsModule,
  countTagged,
  createImporter,
  foldContactCounts,
  retagAll,
  retagSome,
  sweepImports,
  unlinkBusiness,
} from '../crm/contacts/index.js'
import { moveConversations } from '../crm/conversations/index.js'
import { type ClearValues, clearRemovedFields, customFieldsModule, definitionsOf } from '../crm/custom-fields/index.js'
import { customValuesModule } from '../crm/custom-values/index.js'
import { moveSubmissions } from '../crm/forms/index.js'
import { moveClicks } from '../crm/links/index.js'
import {
  clearOpportunityField,
  leaveOpportunities,
  moveOpportunities,
  opportunitiesOfContact,
  opportunityOfContact,
} from '../crm/opportunities/index.js'
import { movePurchases } from '../crm/payments/index.js'
import { tagsModule } from '../crm/tags/index.js'
import { moveTasks, recurringJob, tasksModule } from '../crm/tasks/index.js'
import { templatesModule } from '../crm/templates/index.js'
import { moveWorkflows } from '../crm/workflows/index.js'
import type { Tables } from '../database/tables.js'
import type { Db } from '../database/wire.js'
import { type Identity, usersAmong } from '../identity/index.js'
import type { Services } from '../services.js'
import type { Webhooks } from '../webhooks/index.js'

const hourMs = 3_600_000

interface PeopleParts {
  readonly services: Services
  /** The pool of look-ups during a change. */
  readonly lookups: Kysely<Tables>
  /** The pool of searches; absent: they run on that of everything else. */
  readonly searches?: Kysely<Tables>
  readonly identity: Identity
  readonly webhooks: Pick<Webhooks, 'isAwaited' | 'addEvents' | 'wake'>
  readonly blobs: Blobs
}

type ContactPorts = Parameters<typeof contactsModule>[0]

/** What contacts ask of other rooms. */
const contactPorts = ({ services, lookups, searches, identity, webhooks }: PeopleParts): ContactPorts => ({
  locations: identity,
  users: { among: usersAmong },
  businesses: { exists: (on, locationId, id) => businessesOf(on, locationId).exists(id) },
  campaigns: {
    enrol: (on, locationId, contactId, campaignId, now) => campaignsOf(on, locationId).enrol(contactId, campaignId, now),
    remove: (on, locationId, contactId, campaignId) => campaignsOf(on, locationId).remove(contactId, campaignId),
    removeAll: (on, locationId, contactId) => campaignsOf(on, locationId).removeAll(contactId),
  },
  appointments: contactAppointments({ locations: identity }),
  moves: [
    moveConversations,
    moveTasks,
    moveClicks,
    moveEnrolments,
    moveBlobs,
    moveSubmissions,
    moveOpportunities,
    moveAppointments,
    moveWorkflows,
    movePurchases,
  ],
  leaves: [leaveAppointments({ locations: identity }), leaveOpportunities],
  opportunity: opportunityOfContact,
  opportunities: opportunitiesOfContact,
  businessName: businessNameOf,
  customFields: (locationId) => definitionsOf(lookups, locationId, 'contact'),
  ...(searches ? { searches } : {}),
  publicUrl: () => services.publicUrl,
  fields: { definitions: (on, locationId) => definitionsOf(on, locationId, 'contact') },
  events: { isAwaited: webhooks.isAwaited, addEvents: webhooks.addEvents, wake: webhooks.wake },
})

const clearings: Readonly<Record<string, typeof clearContactField>> = {
  contact: clearContactField,
  opportunity: clearOpportunityField,
}
const clearField: ClearValues = async (on, removal, most) => (await clearings[removal.objectKey]?.(on, removal, most)) ?? 0

const jobsOf = ({ services: { db }, identity, webhooks }: PeopleParts) => [
  recurringJob({ db, location: identity.location, addEvents: webhooks.addEvents, wake: webhooks.wake }),
  {
    name: 'contact imports',
    everyMs: hourMs,
    run: (now: Date) => sweepImports(db, new Date(now.getTime() - 24 * hourMs)),
  },
  { name: 'contact counts', everyMs: 10_000, run: () => foldContactCounts(db) },
  { name: 'values of removed fields', everyMs: 10_000, run: () => clearRemovedFields(db, clearField) },
]

/** Contacts, and what is kept of and for them. */
export const peopleRooms = (parts: PeopleParts) => {
  const { services, identity, webhooks, blobs } = parts
  const ports = contactPorts(parts)
  const importer = createImporter({ db: services.db, ports, now: () => services.clock.now(), say: services.say })
  return {
    acts: contactActs(ports),
    /** What hangs on a contact goes, and is to be told of. */
    leave: async (on: Db, locationId: string, contactId: string) => {
      const left = []
      for (const leave of ports.leaves) left.push(...(await leave(on, locationId, contactId)))
      return left
    },
    importer,
    implementations: [
      ...businessesModule({ unlinkContacts: unlinkBusiness }),
      ...customFieldsModule(clearField, blobs),
      ...contactsModule(ports, importer),
      ...campaignsModule(),
      ...tagsModule({ countTagged, retagAll, retagSome, isAwaited: webhooks.isAwaited }),
      ...tasksModule({ users: { among: usersAmong }, places: identity }),
      ...customValuesModule(),
      ...templatesModule(),
    ],
    jobs: jobsOf(parts),
  }
}
