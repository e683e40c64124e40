import { DELETE, POST, t } from '@groundlevel/contract-kit'
import { contacts } from './module.js'

const Tags = t.Object({ tags: t.Array(t.String({ maxLength: 200 }), { minItems: 1 }) })

export const tags = contacts.resource(
  'tags',
  '/contacts/:contactId/tags',
  {
    add: POST('', {
      id: 'add-tags',
      summary: 'Add tags to a contact',
      body: Tags,
      status: 201,
      reply: t.Object({ tags: t.Array(t.String()), tagsAdded: t.Array(t.String()) }),
      emits: ['ContactTagUpdate'],
    }),
    remove: DELETE('', {
      id: 'remove-tags',
      summary: 'Take tags off a contact',
      body: Tags,
      reply: t.Object({ tags: t.Array(t.String()), tagsRemoved: t.Array(t.String()) }),
      emits: ['ContactTagUpdate'],
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
