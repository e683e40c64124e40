import { badRequest } from '@groundlevel/contract-kit'
import { emailsOf, type HeldEmail } from './emails.sql.js'
import { messagesOf } from './messages.sql.js'
import { sendsOf } from './sends.sql.js'
import type { Work } from './work.js'

/**
 * Takes back what is scheduled: the message is gone, and so is its thread where it was all of it.
 *
 * @throws WireError 400 for what is not scheduled, or is sent already
 */
export const cancelScheduled = async (work: Work, messageId: string, email: HeldEmail | undefined) => {
  const { db, locationId } = work
  const messages = messagesOf(db, locationId)
  const emails = emailsOf(db, locationId)
  // The id of a thread stands for the one e-mail in it that is scheduled.
  const scheduled = email ?? (await emails.ofThread(messageId)).find(({ status }) => status === 'scheduled')
  const taken = await sendsOf(db).take({ locationId, messageId, emailId: scheduled?.id ?? '' })
  if (!taken) throw badRequest('Failed cancel the scheduled message')
  if (scheduled) await emails.remove(scheduled.id)
  const left = scheduled ? await emails.ofThread(messageId) : []
  const last = left.at(-1)
  if (!last) await messages.remove(messageId)
  else {
    const { direction, status, bodyText, attachments } = last
    const meta = { email: { messageIds: left.map(({ id }) => id) } }
    const change = { direction, status, body: bodyText, attachments, scheduledAt: null, sortedAt: last.dateAdded, meta }
    await messages.change(messageId, change, work.now)
  }
  return { status: 200, message: 'The scheduled message was cancelled successfully' }
}
