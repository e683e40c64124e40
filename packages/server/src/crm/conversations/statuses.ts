import { badRequest } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { mailTypes } from './channels.rules.js'
import { emailsOf, type HeldEmail } from './emails.sql.js'
import { nextStatus } from './messages.rules.js'
import { type HeldMessage, messagesOf, type Problem } from './messages.sql.js'
import type { TalkPorts } from './ports.js'
import type { Work } from './work.js'

interface Report {
  readonly status: 'delivered' | 'failed' | 'pending' | 'read'
  readonly error?: Partial<Problem> | undefined
  readonly recipients?: readonly string[] | undefined
}

const problemOf = ({ status, error }: Report): Problem | null => {
  if (status !== 'failed') return null
  return {
    code: error?.code ?? '',
    type: error?.type ?? 'provider',
    message: error?.message ?? 'The provider could not send it.',
  }
}

const statusOfEmail: Readonly<Record<string, string>> = { read: 'opened' }

/** Keeps what a provider says became of a message. */
export const statusReport = async (work: Work, message: HeldMessage, email: HeldEmail | undefined, report: Report) => {
  const { db, locationId, now } = work
  if (email && email.messageId !== message.id) throw badRequest('Email message not found')
  const error = problemOf(report)
  const status = nextStatus(message.status, report.status)
  await messagesOf(db, locationId).change(message.id, { status, error }, now)
  const emails = emailsOf(db, locationId)
  const told = email ?? (mailTypes.includes(message.messageType) ? (await emails.ofThread(message.id)).at(-1) : undefined)
  if (told) {
    const recipients = report.recipients
      ? { recipients: Object.fromEntries(report.recipients.map((each) => [each, { status: report.status }])) }
      : {}
    await emails.change(told.id, { status: statusOfEmail[report.status] ?? report.status, error, ...recipients }, now)
  }
  return {
    conversationId: message.conversationId,
    messageId: message.id,
    ...(told ? { emailMessageId: told.id } : {}),
    status: report.status,
  }
}

interface Undelivered {
  readonly locationId: string
  readonly messageId: string
  readonly emailMessageId?: string
}

/** A provider that could not be told of a message will not send it: what still waits for its word has failed. */
export const failUndelivered = (
  { strangers }: Pick<TalkPorts, 'strangers'>,
  db: Db,
  about: Undelivered,
  error: Problem,
  now: Date,
): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const { locationId, messageId: id } = about
    const messages = messagesOf(transaction, locationId)
    const message = await messages.hold(id)
    if (!message) await strangers?.settle(transaction, { locationId, id, status: 'failed', error: error.message, now })
    if (message?.status !== 'pending') return
    await messages.change(message.id, { status: 'failed', error }, now)
    if (about.emailMessageId)
      await emailsOf(transaction, about.locationId).change(about.emailMessageId, { status: 'failed', error }, now)
  })
