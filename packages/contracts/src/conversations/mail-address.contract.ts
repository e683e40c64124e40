import { PUT, t } from '@groundlevel/contract-kit'
import { conversations } from './module.js'

/** The address of a sub-account at which mail becomes a message of whoever sent it. */
export const mailAddress = conversations.resource('mailAddress', '/_ground/conversations/mail-address', {
  get: PUT('', {
    id: 'conversation-mail-address',
    summary: 'The address at which mail comes in; made when it is first asked for',
    extension: true,
    tenant: 'body',
    body: t.Object({ locationId: t.String() }),
    /** Null: no mail comes in on this installation. */
    reply: t.Object({ address: t.Nullable(t.String()) }),
  }),
})
