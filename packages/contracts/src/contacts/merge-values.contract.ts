import { GET, t } from '@groundlevel/contract-kit'
import { contacts } from './module.js'

/** What the merge fields of a template become for a contact. */
export const mergeValues = contacts.resource(
  'mergeValues',
  '/contacts/:contactId/merge-values',
  {
    get: GET('', {
      id: 'get-contact-merge-values',
      summary: 'Every merge field and what it becomes for a contact; empty ones are empty text',
      reply: t.Object({
        /** By the name that templates have: `contact.first_name`, `contact.<key of a custom field>`, `custom_values.<key>`. */
        mergeValues: t.Open(),
      }),
      extension: true,
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
