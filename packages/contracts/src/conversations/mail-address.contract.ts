import { GET, PUT, t } from '@groundlevel/contract-kit'
import { conversations } from './module.js'

/** The address of a sub-account at which mail becomes a message of whoever sent it. */
export const mailAddress = conversations.resource(
  'mailAddress',
  '/_ground/conversations/mail-address',
  {
    get: GET('', {
      id: 'get-conversation-mail-address',
      summary: 'The address at which mail comes in, if there is one',
      extension: true,
      tenant: 'query',
      query: t.Object({ locationId: t.String() }),
      /** `domain` null: no mail comes in on this installation. `address` null: nobody has asked for one yet. */
      reply: t.Object({ address: t.Nullable(t.String()), domain: t.Nullable(t.String()) }),
    }),
    keep: PUT('', {
      id: 'conversation-mail-address',
      summary: 'The address at which mail comes in; made when it is first asked for',
      extension: true,
      tenant: 'body',
      body: t.Object({ locationId: t.String() }),
      /** Null: no mail comes in on this installation. */
      reply: t.Object({ address: t.Nullable(t.String()) }),
    }),
  },
  { reaches: 'none' },
)
