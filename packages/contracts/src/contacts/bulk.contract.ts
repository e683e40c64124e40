import { GET, limitSkip, limitSkipQuery, POST, t } from '@groundlevel/contract-kit'
import { ContactRow, succeeded } from './contact.shapes.js'
import { contacts } from './module.js'

/** What became of one contact of a bulk change. */
const TagResult = t.Object({
  contactId: t.String(),
  message: t.String(),
  type: t.Enum(['success', 'error']),
  oldTags: t.Optional(t.Array(t.String())),
  tagsAdded: t.Optional(t.Array(t.String())),
  tagsRemoved: t.Optional(t.Array(t.String())),
})

// The document declares no security for the two; the scope is that of their neighbours (wire-contract §2.2, inferred).
export const bulk = contacts.resource(
  'bulk',
  '/contacts',
  {
    tags: POST('/bulk/tags/update/:type', {
      id: 'create-association',
      summary: 'Add tags to many contacts, or take them off',
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        contacts: t.Array(t.String(), { minItems: 1 }),
        tags: t.Array(t.String({ maxLength: 200 }), { maxItems: 1000 }),
        removeAllTags: t.Optional(t.Boolean()),
      }),
      status: 201,
      reply: t.Object({ ...succeeded, errorCount: t.Integer(), responses: t.Array(TagResult) }),
      emits: ['ContactTagUpdate'],
    }),
    business: POST('/bulk/business', {
      id: 'add-remove-contact-from-business',
      summary: 'Put contacts under a business, or (null) under none',
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        ids: t.Array(t.String({ maxLength: 50 }), { minItems: 1 }),
        businessId: t.Nullable(t.String({ maxLength: 50 })),
      }),
      reply: t.Object({ success: t.Boolean(), ids: t.Array(t.String()) }),
      emits: ['ContactUpdate'],
    }),
    ofBusiness: GET('/business/:businessId', {
      id: 'get-contacts-by-businessId',
      summary: 'Contacts of a business, newest first',
      tenant: 'query',
      query: t.Object({
        locationId: t.String(),
        query: t.Optional(t.String({ maxLength: 75 })),
        ...limitSkipQuery(25),
      }),
      reply: t.Object({ contacts: t.Array(t.Row(ContactRow)), count: t.Integer() }),
      page: limitSkip('contacts', 25),
    }),
  },
  { reaches: 'all' },
)
