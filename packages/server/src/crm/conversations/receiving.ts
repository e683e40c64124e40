import { badRequest } from '@groundlevel/contract-kit'
import { newId } from '../../ids.js'
import { contactRecord, foundContact, touchContact, wishForChannel } from '../contacts/index.js'
import { channelOf, isCall, numberOf, wishIn } from './channels.rules.js'
import type { Held } from './conversations.sql.js'
import { emailsOf, type HeldEmail, type NewEmail } from './emails.sql.js'
import { messagesOf, type NewMessage } from './messages.sql.js'
import type { Provider } from './providers.sql.js'
import { namedConversation, showLast, storeEmail, tellMessage } from './storing.js'
import { plainText } from './texts.rules.js'
import type { Work } from './work.js'

/** A message that went by outside of us, and is told of. */
export interface Logged {
  readonly type: string
  readonly direction: 'inbound' | 'outbound'
  readonly conversationId?: string | undefined
  readonly contactId?: string | undefined
  readonly message?: string | undefined
  readonly html?: string | undefined
  readonly subject?: string | undefined
  readonly attachments?: readonly string[] | undefined
  readonly altId?: string | undefined
  readonly at?: Date | undefined
  readonly emailFrom?: string | undefined
  readonly emailTo?: readonly string[] | undefined
  readonly emailCc?: readonly string[] | undefined
  readonly emailBcc?: readonly string[] | undefined
  /** The e-mail that this one answers, or its thread. */
  readonly emailMessageId?: string | undefined
  readonly threadId?: string | undefined
  readonly call?: Call | undefined
  readonly rating?: number | undefined
  readonly source: 'api' | 'app'
  readonly userId: string | null
  /** A program wrote it: it is nobody's answer. Default false. */
  readonly automatic?: boolean
}

interface Call {
  readonly to?: string | undefined
  readonly from?: string | undefined
  readonly status?: string | undefined
  readonly duration?: number | undefined
}

export interface LoggedMessage {
  readonly conversationId: string
  readonly messageId: string
  readonly contactId: string
  readonly dateAdded: string
  readonly emailMessageId?: string
}

interface Correspondent {
  readonly email?: string
  readonly phone?: string
}

const callStatuses: Readonly<Record<string, string>> = {
  pending: 'pending',
  completed: 'delivered',
  answered: 'connected',
  voicemail: 'delivered',
}

const digits = (number: string) => number.replace(/\D/g, '')

/** A number with and without its country's digits is one number. */
const sameNumber = (one: string, other: string) => {
  const [a, b] = [digits(one), digits(other)]
  return a !== '' && b !== '' && (a.endsWith(b) || b.endsWith(a))
}

const demandOwnNumber = (logged: Logged, correspondent: Correspondent) => {
  const number = logged.direction === 'inbound' ? logged.call?.from : logged.call?.to
  if (!number || !isCall(channelOf(logged.type).messageType)) return
  if (correspondent.phone && sameNumber(number, correspondent.phone)) return
  throw badRequest(`call.${logged.direction === 'inbound' ? 'from' : 'to'} must be the phone number of the contact.`)
}

const metaOf = ({ call, rating }: Logged) => {
  if (call)
    return { callStatus: call.status ?? 'completed', ...(call.duration === undefined ? {} : { callDuration: call.duration }) }
  return rating === undefined ? null : { rating }
}

const rowOf = (
  work: Work,
  held: Held,
  logged: Logged,
  correspondent: Correspondent,
  provider: Provider | undefined,
): NewMessage => {
  const { messageType } = channelOf(logged.type, provider)
  const at = logged.at ?? work.now
  const call = isCall(messageType)
  const other = correspondent.phone ?? null
  return {
    id: newId(work.now),
    conversationId: held.id,
    contactId: held.contactId,
    type: numberOf(messageType),
    messageType,
    subType: call && provider ? 'EXTERNAL_CALL' : null,
    direction: logged.direction,
    status: call ? (callStatuses[logged.call?.status ?? 'completed'] ?? 'failed') : 'delivered',
    body: logged.message ?? (logged.html === undefined ? null : plainText(logged.html)),
    contentType: 'text/plain',
    attachments: [...(logged.attachments ?? [])],
    meta: metaOf(logged),
    source: logged.source,
    userId: logged.userId,
    conversationProviderId: provider?.id ?? null,
    altId: logged.altId ?? null,
    from: call ? (logged.call?.from ?? null) : logged.direction === 'inbound' ? other : null,
    to: call ? (logged.call?.to ?? null) : logged.direction === 'outbound' ? other : null,
    route: null,
    scheduledAt: null,
    sortedAt: at,
    dateAdded: at,
  }
}

/** The e-mail that is answered: by its id here, its thread, or its provider's id. */
const answered = async ({ db, locationId }: Work, logged: Logged, contactId: string): Promise<HeldEmail | undefined> => {
  const emails = emailsOf(db, locationId)
  const named = logged.emailMessageId
    ? ((await emails.read(logged.emailMessageId)) ?? (await emails.byAltId(contactId, logged.emailMessageId)))
    : undefined
  const found = named ?? (logged.threadId ? (await emails.ofThread(logged.threadId)).at(-1) : undefined)
  if ((logged.emailMessageId || logged.threadId) && found?.contactId !== contactId) throw badRequest('Email message not found')
  return found
}

const mailOf = (
  row: NewMessage,
  logged: Logged,
  correspondent: Correspondent,
  answer: HeldEmail | undefined,
  now: Date,
): NewEmail => {
  const inbound = logged.direction === 'inbound'
  const own = correspondent.email ?? ''
  return {
    id: newId(now),
    messageId: answer?.messageId ?? row.id,
    conversationId: row.conversationId,
    contactId: row.contactId,
    altId: logged.altId ?? null,
    subject: logged.subject ?? null,
    body: logged.html ?? logged.message ?? '',
    bodyText: row.body ?? '',
    direction: logged.direction,
    status: 'delivered',
    contentType: logged.html === undefined ? 'text/plain' : 'text/html',
    attachments: row.attachments,
    provider: row.conversationProviderId ? 'custom' : 'smtp',
    from: logged.emailFrom ?? (inbound ? own : ''),
    to: [...(logged.emailTo ?? (inbound ? (answer ? [answer.from] : []) : [own]))],
    cc: [...(logged.emailCc ?? [])],
    bcc: [...(logged.emailBcc ?? [])],
    replyToMessageId: answer?.id ?? null,
    source: row.source,
    userId: row.userId,
    conversationProviderId: row.conversationProviderId,
    error: null,
    route: null,
    scheduledAt: null,
    dateAdded: row.dateAdded,
  }
}

const dayMs = 86_400_000

/** History that is brought in says nothing about what somebody wants today. */
const isRecent = ({ at }: Logged, now: Date) => at === undefined || now.getTime() - at.getTime() < dayMs

/** STOP and START count at once: the very next message must obey. */
const keepWish = async ({ db, locationId }: Work, { contactId }: Held, logged: Logged, provider: Provider | undefined) => {
  const channel = channelOf(logged.type, provider)
  const wish = wishIn(channel, logged.message)
  if (wish && channel.dnd) await wishForChannel(db, { locationId, contactId }, channel.dnd, wish)
}

/**
 * Stores a message that was sent or received elsewhere, in the transaction of the work.
 *
 * @throws WireError 400 for a conversation or a thread that is not there, or a call from a stranger
 */
export const logMessage = async (work: Work, logged: Logged, provider: Provider | undefined): Promise<LoggedMessage> => {
  const { conversationType, isMail } = channelOf(logged.type, provider)
  const held = await namedConversation(work, logged, conversationType)
  const record = await contactRecord(work.db, work.locationId, held.contactId)
  const correspondent = foundContact(record as Correspondent | undefined, held.contactId)
  demandOwnNumber(logged, correspondent)
  const row = rowOf(work, held, logged, correspondent, provider)
  if (logged.direction === 'inbound' && isRecent(logged, work.now)) await keepWish(work, held, logged, provider)
  if (logged.direction === 'inbound') await touchContact(work.db, work.locationId, held.contactId, row.dateAdded)
  const shared = { conversationId: held.id, contactId: held.contactId, dateAdded: row.dateAdded.toISOString() }
  if (!isMail) {
    await messagesOf(work.db, work.locationId).add(row)
    await showLast(work, held, { ...row, at: row.dateAdded })
    await tellMessage(work, { ...row, meta: row.meta ?? null })
    return { ...shared, messageId: row.id }
  }
  const answer = await answered(work, logged, held.contactId)
  const email = mailOf(row, logged, correspondent, answer, work.now)
  await storeEmail(work, answer ? undefined : { ...row, meta: null }, email, row.dateAdded)
  await emailsOf(work.db, work.locationId).add(email)
  const shown = { ...row, id: email.messageId }
  await showLast(work, held, { ...shown, at: row.dateAdded })
  await tellMessage(work, { ...shown, meta: null }, email, logged.automatic)
  return { ...shared, messageId: email.messageId, emailMessageId: email.id }
}
