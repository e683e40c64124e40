import { apiModule, GET, t } from '@groundlevel/contract-kit'

const lab = apiModule({ name: 'lab', version: '2021-04-15', actors: ['location'], scope: 'conversations/message' })

/** A message to somebody who is no contact: a colleague, or an address that was written down. */
export const StaffMessage = t.Object({
  id: t.String(),
  channel: t.Enum(['email', 'sms', 'whatsapp']),
  to: t.String(),
  subject: t.String(),
  body: t.String(),
  /** `kept`: a local start without a mail server has it here instead of sending it. */
  status: t.Enum(['pending', 'sent', 'failed', 'kept']),
  error: t.Optional(t.String()),
  dateAdded: t.DateTime(),
})

export const staffOutbox = lab.resource(
  'staffOutbox',
  '/_ground/lab/staff-outbox',
  {
    list: GET('', {
      id: 'lab-staff-outbox',
      summary: 'Messages to people who are no contacts, newest first',
      extension: true,
      tenant: 'query',
      query: t.Object({ locationId: t.String(), limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 50) }),
      reply: t.Object({ messages: t.Array(StaffMessage) }),
    }),
  },
  { reaches: 'all' },
)
