import { DELETE, GET, POST, PUT, startAfter, t } from '@groundlevel/contract-kit'
import {
  Contact,
  ContactCreate,
  ContactCreated,
  ContactRow,
  ContactUpdate,
  ContactUpsert,
  passedOver,
  succeeded,
} from './contact.shapes.js'
import { contacts } from './module.js'

const One = t.Object({ contact: Contact })

/** Paging block of `GET /contacts/` (live facts). */
const Meta = t.Object({
  total: t.Integer(),
  nextPageUrl: t.Nullable(t.String()),
  startAfterId: t.Nullable(t.String()),
  startAfter: t.Nullable(t.Integer()),
  currentPage: t.Nullable(t.Integer()),
  nextPage: t.Nullable(t.Integer()),
  prevPage: t.Nullable(t.Integer()),
})

export const contact = contacts.resource('contact', '/contacts', {
  list: GET('/', {
    id: 'get-contacts',
    summary: 'Contacts of a sub-account, newest first',
    reaches: 'narrowed',
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      query: t.Optional(t.String({ maxLength: 75 })),
      startAfterId: t.Optional(t.String()),
      startAfter: t.Optional(t.Number({ minimum: 0, maximum: 8.64e15 })),
      page: t.Optional(t.Integer({ minimum: 1, maximum: 10_000 })),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
      /** Undocumented and in use: connectors poll by the day of the last change. */
      sortBy: t.Default(t.Enum(['date_added', 'date_updated']), 'date_added'),
      order: t.Default(t.Enum(['asc', 'desc']), 'desc'),
    }),
    reply: t.Object({ contacts: t.Array(t.Row(ContactRow)), meta: Meta, count: t.Integer() }),
    page: startAfter('contacts'),
  }),
  create: POST('/', {
    id: 'create-contact',
    summary: 'Create a contact',
    reaches: 'narrowed',
    tenant: 'body',
    body: ContactCreate,
    tolerates: passedOver,
    status: 201,
    reply: t.Object({ contact: ContactCreated }),
    emits: ['ContactCreate'],
  }),
  upsert: POST('/upsert', {
    id: 'upsert-contact',
    summary: 'Create a contact, or update the one with the same e-mail or phone',
    reaches: 'narrowed',
    tenant: 'body',
    body: ContactUpsert,
    tolerates: passedOver,
    reply: t.Object({ new: t.Boolean(), ...succeeded, contact: Contact }),
    emits: ['ContactCreate', 'ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'],
  }),
  get: GET('/:contactId', { id: 'get-contact', summary: 'One contact', reaches: { contact: ['contactId'] }, reply: One }),
  update: PUT('/:contactId', {
    id: 'update-contact',
    summary: 'Change the sent fields of a contact',
    reaches: { contact: ['contactId'] },
    body: ContactUpdate,
    tolerates: passedOver,
    reply: t.Object({ ...succeeded, contact: Contact }),
    emits: ['ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'],
  }),
  remove: DELETE('/:contactId', {
    id: 'delete-contact',
    summary: 'Delete a contact with everything that hangs on it',
    reaches: { contact: ['contactId'] },
    reply: t.Object(succeeded),
    emits: ['ContactDelete', 'AppointmentDelete', 'OpportunityDelete', 'OpportunityUpdate'],
  }),
})
