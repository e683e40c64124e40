import { POST, t } from '@groundlevel/contract-kit'
import { Contact, succeeded } from './contact.shapes.js'
import { contacts } from './module.js'

/** Ours: the official API has none. */
export const merge = contacts.resource(
  'merge',
  '/_ground/contacts',
  {
    merge: POST('/merge', {
      id: 'merge-contacts',
      summary: 'Make two contacts one: the first stays, what it lacks and all that hangs on the second becomes its own',
      tenant: 'body',
      extension: true,
      body: t.Object({
        locationId: t.String(),
        /** Stays. */
        contactId: t.String(),
        /** Goes. */
        mergedId: t.String(),
      }),
      reply: t.Object({ ...succeeded, contact: Contact }),
      emits: ['ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate', 'ContactDelete'],
    }),
  },
  { reaches: 'all' },
)
