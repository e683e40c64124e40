import { apiModule, GET, POST, t } from '@groundlevel/contract-kit'

const protection = apiModule({ name: 'protection', version: '2021-07-28', actors: ['location'], scope: 'contacts' })

const Rows = t.Array(t.Open())

/** What the law gives the person behind a contact: to see all that is held of them, and to be forgotten. */
export const person = protection.resource(
  'person',
  '/_ground/contacts/:contactId',
  {
    export: GET('/export', {
      id: 'export-person',
      summary: 'Everything that is held of one contact, logs and webhooks included',
      extension: true,
      reply: t.Object({
        contact: t.Open(),
        /** Rows that belong to the contact, by table. */
        tables: t.Open(),
        /** What is known of the contact's files, each with the address that it is downloaded from. */
        files: Rows,
        events: Rows,
        deliveries: Rows,
        requests: Rows,
      }),
    }),
    erase: POST('/erase', {
      id: 'erase-person',
      summary: 'Delete a contact, and every trace of the person in outbox, deliveries and logs',
      extension: true,
      body: t.Object({ reason: t.Optional(t.String({ maxLength: 500 })) }),
      reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean(), contactId: t.String() }),
      emits: ['ContactDelete', 'AppointmentDelete', 'OpportunityDelete', 'OpportunityUpdate'],
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
