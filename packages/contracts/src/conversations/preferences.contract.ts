import { GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { conversations } from './module.js'

const text = t.String({ maxLength: 100 })
const words = t.Optional(t.String({ maxLength: 2000 }))

/** A kind of e-mails that people can have or not have. */
export const Subtype = t.Object({
  id: t.String(),
  locationId: t.String(),
  name: t.String(),
  description: t.Optional(t.String()),
  channel: t.Enum(['email', 'sms']),
  language: t.String(),
  archived: t.Boolean(),
  resubscription_legal_form_id: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

const One = t.Object({ customSubtype: Subtype })
const tenant = t.Object({ locationId: t.String() })

/** The documents leave every reply of these open: the envelopes are our own. */
export const subtypes = conversations.resource(
  'subtypes',
  '/conversations/preferences/custom-subtypes',
  {
    list: GET('', {
      id: 'get-all-custom-subtypes',
      summary: 'Kinds of e-mails that people can subscribe to',
      on: 'dated',
      tenant: 'query',
      query: tenant,
      reply: t.Object({ customSubtypes: t.Array(Subtype) }),
    }),
    create: POST('', {
      id: 'create-custom-subtype',
      summary: 'Add a kind of e-mails',
      on: 'dated',
      tenant: 'query',
      query: tenant,
      status: 201,
      body: t.Object({
        name: t.String({ minLength: 1, maxLength: 100 }),
        description: t.Optional(text),
        channel: t.Enum(['email', 'sms']),
        language: t.String({ minLength: 2, maxLength: 20 }),
      }),
      reply: One,
    }),
    update: PUT('/:id', {
      id: 'update-custom-subtype',
      summary: 'Rename or archive a kind of e-mails',
      on: 'dated',
      tenant: 'query',
      query: tenant,
      body: t.Object({
        name: t.Optional(t.String({ minLength: 1, maxLength: 100 })),
        description: t.Optional(text),
        archived: t.Optional(t.Boolean()),
        resubscription_legal_form_id: t.Optional(text),
      }),
      reply: One,
    }),
  },
  { reaches: 'none' },
)

const Subscription = t.Object({
  email: t.String(),
  type: t.Enum(['default', 'custom']),
  subtype_id: t.Optional(t.String()),
  subtype_name: t.String(),
  subtype_status: t.Enum(['subscribed', 'unsubscribed']),
  dateUpdated: t.Optional(t.DateTime()),
})

const Action = t.Object({
  type: t.Enum(['default', 'custom', 'resub_all']),
  subtype_name: t.Optional(t.Enum(['One on One'])),
  subtype_id: t.Optional(text),
  subtype_status: t.Enum(['subscribed', 'unsubscribed']),
})

export const subscriptions = conversations.resource(
  'subscriptions',
  '/conversations/preferences/unsubscriptions',
  {
    status: GET('/status', {
      id: 'get-contact-unsubscription-status',
      summary: 'What a contact has subscribed to, address by address',
      on: 'dated',
      tenant: 'query',
      query: t.Object({ locationId: t.String(), contactId: t.String(), email: t.Optional(t.String({ maxLength: 320 })) }),
      reply: t.Object({ contactId: t.String(), subscriptions: t.Array(Subscription) }),
    }),
    change: POST('/user-change', {
      id: 'user-subscription-change',
      summary: 'Subscribe or unsubscribe a contact on their behalf',
      on: 'dated',
      tenant: 'body',
      status: 201,
      body: t.Object({
        locationId: t.String(),
        contactId: t.String(),
        email: t.Email({ maxLength: 320 }),
        subscription_action: Action,
        /** Demanded of whoever subscribes somebody again. */
        legal_reason: words,
        legal_description: words,
      }),
      reply: t.Object({ success: t.Boolean(), subscriptions: t.Array(Subscription) }),
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
