import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { emailsOf } from './emails.sql.js'
import { demandOwner } from './messages.handlers.js'
import { countersOf, mergedEvents } from './messages.rules.js'
import { messagesOf } from './messages.sql.js'

/** Status and mail events of an e-mail, told by the provider that it went through. */
export const emailStatusHandlers = () =>
  implement(api.conversations.emailStatus, (context) => ({ context, emails: emailsOf(context.db, context.locationId) }), {
    set: async ({ id, body: { status, events = {}, recipients = [] } }, { context, emails, now }) => {
      const email = found(await emails.hold(id), 'Email message')
      await demandOwner(context, email)
      const known = (email.recipients ?? {}) as Readonly<Record<string, object>>
      const told = Object.fromEntries(recipients.map(({ emailId, ...rest }) => [emailId.toLowerCase(), rest]))
      const merged = mergedEvents(email.events as Record<string, number>, countersOf(events), now)
      // A click is no status that e-mails have on dated versions: it was opened.
      const shown = status === 'clicked' ? 'opened' : status
      await emails.change(id, { status: shown, events: merged, recipients: { ...known, ...told } }, now)
      await messagesOf(context.db, context.locationId).change(email.messageId, { status }, now)
      return { success: true, message: 'Updated email message successfully' }
    },
  })
