import { DELETE, POST, t } from '@groundlevel/contract-kit'
import { contacts } from './module.js'

const Followers = t.Object({ followers: t.Array(t.String({ maxLength: 50 }), { minItems: 1, maxItems: 1000 }) })

export const followers = contacts.resource(
  'followers',
  '/contacts/:contactId/followers',
  {
    add: POST('', {
      id: 'add-followers-contact',
      summary: 'Let users follow a contact',
      body: Followers,
      status: 201,
      reply: t.Object({ followers: t.Array(t.String()), followersAdded: t.Array(t.String()) }),
      emits: ['ContactUpdate'],
    }),
    remove: DELETE('', {
      id: 'remove-followers-contact',
      summary: 'Let users follow a contact no longer',
      body: Followers,
      reply: t.Object({ followers: t.Array(t.String()), followersRemoved: t.Array(t.String()) }),
      emits: ['ContactUpdate'],
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
