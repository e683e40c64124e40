import { GET, POST, searchAfter, t } from '@groundlevel/contract-kit'
import { Contact, ContactHit } from './contact.shapes.js'
import { contacts } from './module.js'

const Sort = t.Object({
  field: t.Enum([
    'firstNameLowerCase',
    'lastNameLowerCase',
    'businessName',
    'dateAdded',
    'dateUpdated',
    'email',
    'dnd',
    'source',
  ]),
  direction: t.Enum(['asc', 'desc']),
})

/**
 * `{field, operator, value?}`, or `{group: 'AND' | 'OR', filters}` of such. The tree is checked against the fields and their
 * operators (wire-contract §4.1), which a shape cannot say.
 */
const Filter = t.Open()

export const search = contacts.resource(
  'search',
  '/contacts/search',
  {
    advanced: POST('', {
      id: 'search-contacts-advanced',
      summary: 'Search contacts by text and by fields',
      scope: 'contacts.readonly',
      effect: 'read',
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        pageLimit: t.Integer({ minimum: 1, maximum: 500 }),
        page: t.Optional(t.Integer({ minimum: 1 })),
        searchAfter: t.Optional(t.Array(t.Unknown(), { minItems: 2, maxItems: 3 })),
        query: t.Optional(t.String({ maxLength: 75 })),
        filters: t.Optional(t.Array(Filter, { maxItems: 100 })),
        sort: t.Optional(t.Array(Sort, { maxItems: 2 })),
      }),
      reply: t.Object({ contacts: t.Array(t.Row(ContactHit)), total: t.Integer() }),
      page: searchAfter('contacts'),
    }),
    duplicate: GET('/duplicate', {
      id: 'get-duplicate-contact',
      summary: 'The contact with this e-mail or phone number, if there is one',
      tenant: 'query',
      query: t.Object({ locationId: t.String(), number: t.Optional(t.String()), email: t.Optional(t.String()) }),
      reply: t.Object({ contact: t.Nullable(Contact), matchingField: t.Optional(t.Enum(['email', 'phone'])) }),
    }),
  },
  { reaches: 'narrowed' },
)
