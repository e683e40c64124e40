import { badRequest, missing } from '@groundlevel/contract-kit'
import { newId } from '../../ids.js'
import { contactRecord, foundContact } from '../contacts/index.js'
import { type Channel, channelOf, dndRefusal, isRefused, numberOf } from './channels.rules.js'
import type { Held } from './conversations.sql.js'
import { conversationsOf } from './conversations.sql.js'
import { draftEmail, type EmailDraft } from './email-drafts.js'
import { emailsOf, type NewEmail } from './emails.sql.js'
import { messagesOf, type NewMessage } from './messages.sql.js'
import type { TalkPorts, Texts } from './ports.js'
import { preferencesOf } from './preferences.sql.js'
import { sendsOf } from './sends.sql.js'
import { conversationWith, showLast, storeEmail, tellMessage } from './storing.js'
import { mailText, plainText } from './texts.rules.js'
import { handOver, type Outgoing, providerFor, standingOf, type Way, wayOf } from './ways.js'
import type { Work } from './work.js'

/** A message to a contact; what is left out has its everyday meaning. */
export interface Draft {
  readonly type: string
  readonly contactId: string
  readonly message?: string | undefined
  readonly html?: string | undefined
  readonly subject?: string | undefined
  readonly attachments?: readonly string[] | undefined
  readonly templateId?: string | undefined
  readonly emailFrom?: string | undefined
  readonly emailTo?: string | undefined
  readonly emailCc?: readonly string[] | undefined
  readonly emailBcc?: readonly string[] | undefined
  readonly emailReplyMode?: 'reply' | 'reply_all' | undefined
  readonly threadId?: string | undefined
  readonly replyMessageId?: string | undefined
  readonly customSubtypeId?: string | undefined
  readonly fromNumber?: string | undefined
  readonly toNumber?: string | undefined
  readonly conversationProviderId?: string | undefined
  readonly scheduledAt?: Date | undefined
  readonly mentions?: readonly string[] | undefined
  readonly forward?: Forward | undefined
  readonly source: 'workflow' | 'bulk_actions' | 'campaign' | 'api' | 'app'
  readonly userId: string | null
}

export interface Forward {
  readonly isForwarded: boolean
  readonly forwardWholeThread?: boolean | undefined
  readonly messageId?: string | undefined
  readonly emailMessageId?: string | undefined
  readonly toEmail?: string | undefined
  readonly recipientContactId?: string | undefined
}

/** What became of it so far. */
export interface SentMessage {
  readonly conversationId: string
  readonly messageId: string
  readonly emailMessageId?: string
  readonly status: 'delivered' | 'failed' | 'pending' | 'read'
  readonly msg: string
}

/** A contact as sending needs one. */
export interface Recipient {
  readonly id: string
  readonly email?: string
  readonly phone?: string
  readonly additionalEmails?: readonly unknown[]
  readonly dnd?: boolean
  readonly dndSettings?: Readonly<Record<string, { readonly status?: string } | undefined>>
}

interface Prepared {
  readonly work: Work
  readonly draft: Draft
  readonly recipient: Recipient
  readonly channel: Channel
  readonly way: Way
  readonly texts: Texts
  readonly attachments: readonly string[]
}

const render = async (ports: TalkPorts, { db, locationId, now }: Work, draft: Draft, texts: Texts): Promise<Texts> => {
  const named = Object.values(texts).some((text) => text?.includes('{{') || text?.includes('{%'))
  if (!named) return texts
  const about = { locationId, contactId: draft.contactId, userId: draft.userId ?? undefined, now }
  return ports.render(db, about, texts)
}

const textsOf = async (ports: TalkPorts, work: Work, draft: Draft) => {
  const own: Texts = { body: draft.message, subject: draft.subject, html: draft.html }
  const template = draft.templateId ? await ports.template(work.db, work.locationId, draft.templateId) : undefined
  if (draft.templateId && !template) throw missing('Template')
  const said = Object.fromEntries(Object.entries(own).filter(([, text]) => text !== undefined))
  return {
    texts: await render(ports, work, draft, { ...template, ...said }),
    attachments: [...(draft.attachments ?? []), ...(template?.attachments ?? [])],
  }
}

const demandContent = ({ texts, attachments, draft }: Prepared) => {
  const says = [texts.body, texts.html].some((text) => text !== undefined && text.trim() !== '')
  if (says || attachments.length > 0 || draft.forward?.isForwarded) return
  throw badRequest('There is no message or attachments for this message. Skip sending.')
}

/** @throws WireError 400 in the sentences that programs know */
const demandReachable = async ({ work, draft, recipient, channel }: Prepared) => {
  if (isRefused(recipient, channel)) throw badRequest(dndRefusal(channel))
  if (channel.needs === 'phone' && !draft.toNumber && !recipient.phone) throw badRequest('Missing phone number')
  if (channel.needs !== 'email') return
  if (!draft.emailTo && !recipient.email) throw badRequest("Unable to send e-mail, contact's e-mail is missing")
  const email = (draft.emailTo ?? recipient.email ?? '').toLowerCase()
  const refused = await preferencesOf(work.db, work.locationId).refuses(recipient.id, email, draft.customSubtypeId)
  if (refused) throw badRequest(`Cannot send email as ${email} has unsubscribed`)
}

const prepare = async (ports: TalkPorts, work: Work, draft: Draft): Promise<Prepared> => {
  const record = await contactRecord(work.db, work.locationId, draft.contactId)
  const recipient = foundContact(record as Recipient | undefined, draft.contactId)
  const provider = await providerFor(ports, work, draft.type, draft.conversationProviderId)
  const channel = channelOf(draft.type, provider)
  const way = await wayOf(ports, work, draft.type, provider)
  const prepared = { work, draft, recipient, channel, way, ...(await textsOf(ports, work, draft)) }
  demandContent(prepared)
  await demandReachable(prepared)
  return prepared
}

const newMessage = (prepared: Prepared, held: Held, body: string | null, contentType: string): NewMessage => {
  const { work, draft, recipient, channel, way } = prepared
  return {
    id: newId(work.now),
    conversationId: held.id,
    contactId: recipient.id,
    type: numberOf(channel.messageType),
    messageType: channel.messageType,
    direction: 'outbound',
    status: 'pending',
    body,
    contentType,
    attachments: [...prepared.attachments],
    source: draft.source,
    userId: draft.userId,
    conversationProviderId: way.kind === 'provider' ? way.provider.id : null,
    from: draft.fromNumber ?? null,
    to: channel.needs === 'phone' || channel.dnd === 'SMS' ? (draft.toNumber ?? recipient.phone ?? null) : null,
    route: null,
    scheduledAt: draft.scheduledAt ?? null,
    sortedAt: draft.scheduledAt ?? work.now,
    dateAdded: work.now,
  }
}

const schedule = (work: Work, message: Pick<NewMessage, 'id' | 'contactId'>, emailId: string, dueAt: Date) =>
  sendsOf(work.db).add({
    locationId: work.locationId,
    messageId: message.id,
    emailId,
    contactId: message.contactId,
    stage: 'scheduled',
    attempts: 0,
    dueAt,
  })

const queued = 'Message queued successfully.'
const statusToTell = (status: string, msg?: string): Pick<SentMessage, 'status' | 'msg'> =>
  status === 'failed' ? { status, msg: msg ?? 'Message failed.' } : { status: 'pending', msg: queued }

const mention = async (work: Work, held: Held, mentions: readonly string[]) => {
  const all = [...new Set([...held.mentions, ...mentions])]
  await conversationsOf(work.db, work.locationId).change(held.id, { mentions: all }, work.now)
}

export const outgoingMessage = (message: NewMessage): Outgoing => ({
  messageId: message.id,
  contactId: message.contactId,
  body: message.body,
  attachments: message.attachments,
  from: message.from,
  to: message.to === null ? [] : [message.to],
  userId: message.userId,
})

const sendPlain = async (prepared: Prepared, wakeMail: () => void): Promise<SentMessage> => {
  const { work, draft, texts, way, channel } = prepared
  const held = await conversationWith(work, prepared.recipient.id, channel.conversationType)
  const drafted = newMessage(prepared, held, texts.body ?? (texts.html ? plainText(texts.html) : ''), 'text/plain')
  const ids = { conversationId: held.id, messageId: drafted.id }
  const messages = messagesOf(work.db, work.locationId)
  if (draft.mentions?.length && draft.type === 'InternalComment') await mention(work, held, draft.mentions)
  if (draft.scheduledAt) {
    await messages.add({ ...drafted, status: 'scheduled' })
    await schedule(work, drafted, '', draft.scheduledAt)
    return { ...ids, status: 'pending', msg: 'Message scheduled successfully.' }
  }
  const outgoing = outgoingMessage(drafted)
  const standing = standingOf(way, outgoing)
  const message = { ...drafted, status: standing.status, error: standing.problem, route: standing.route }
  await messages.add(message)
  await handOver(work, way, outgoing, standing, wakeMail)
  await showLast(work, held, { ...message, at: work.now })
  await tellMessage(work, { ...message, meta: null })
  return { ...ids, ...statusToTell(standing.status, standing.problem?.message) }
}

export const outgoingEmail = (email: NewEmail, replyToAltId?: string | null): Outgoing => ({
  messageId: email.messageId,
  emailId: email.id,
  contactId: email.contactId,
  body: email.bodyText,
  html: email.body,
  subject: email.subject,
  attachments: email.attachments,
  from: email.from,
  to: email.to,
  cc: email.cc,
  bcc: email.bcc,
  userId: email.userId,
  ...(replyToAltId ? { replyToAltId } : {}),
})

const emailRow = (prepared: Prepared, held: Held, made: EmailDraft, thread: NewMessage): NewEmail => {
  const { work, draft, recipient, way } = prepared
  return {
    id: newId(work.now),
    messageId: made.threadId ?? thread.id,
    conversationId: held.id,
    contactId: recipient.id,
    altId: null,
    subject: made.subject,
    body: made.html ?? made.text ?? '',
    bodyText: made.text ?? mailText(made.html ?? ''),
    direction: 'outbound',
    status: 'pending',
    contentType: made.html === undefined ? 'text/plain' : 'text/html',
    attachments: [...made.attachments],
    provider: way.kind === 'provider' ? 'custom' : 'smtp',
    from: made.from,
    to: [...made.to],
    cc: [...made.cc],
    bcc: [...made.bcc],
    replyToMessageId: made.replyTo?.id ?? null,
    source: draft.source,
    userId: draft.userId,
    conversationProviderId: way.kind === 'provider' ? way.provider.id : null,
    error: null,
    route: null,
    scheduledAt: draft.scheduledAt ?? null,
    dateAdded: work.now,
  }
}

const sendEmail = async (ports: TalkPorts, prepared: Prepared, wakeMail: () => void): Promise<SentMessage> => {
  const { work, draft, way } = prepared
  const held = await conversationWith(work, prepared.recipient.id, prepared.recipient.phone ? 1 : 2)
  const made = await draftEmail(
    ports,
    work,
    { ...draft, texts: prepared.texts, attachments: prepared.attachments },
    prepared.recipient,
  )
  const fresh = newMessage(prepared, held, null, 'text/plain')
  const email = emailRow(prepared, held, made, fresh)
  const outgoing = outgoingEmail(email, made.replyTo?.altId)
  const standing = draft.scheduledAt ? { status: 'scheduled', problem: null, route: null } : standingOf(way, outgoing)
  const row = { ...email, status: standing.status, error: standing.problem, route: standing.route }
  const thread = made.threadId
    ? undefined
    : { ...fresh, body: row.bodyText, status: row.status, error: row.error, route: row.route, attachments: row.attachments }
  await storeEmail(work, thread, row, draft.scheduledAt ?? work.now)
  await emailsOf(work.db, work.locationId).add(row)
  const ids = { conversationId: held.id, messageId: row.messageId, emailMessageId: row.id }
  if (draft.scheduledAt) {
    await schedule(work, { id: row.messageId, contactId: row.contactId }, row.id, draft.scheduledAt)
    return { ...ids, status: 'pending', msg: 'Email scheduled successfully.' }
  }
  await handOver(work, way, outgoing, standing, wakeMail)
  const shown = { ...fresh, id: row.messageId, body: row.bodyText, status: row.status }
  await showLast(work, held, { ...shown, at: work.now })
  await tellMessage(work, { ...shown, meta: null }, row)
  return { ...ids, ...statusToTell(standing.status, standing.problem?.message) }
}

const toSeconds = (at: Date) => Math.floor(at.getTime() / 1000)

/**
 * Stores a message and hands it over, or puts it off until it is due, in the transaction of the work.
 *
 * @throws WireError 400 where the contact cannot or will not be reached this way, 422 for a text that is no template
 */
export const sendMessage = async (ports: TalkPorts, work: Work, draft: Draft, wakeMail: () => void): Promise<SentMessage> => {
  if (draft.scheduledAt && draft.scheduledAt.getTime() <= work.now.getTime())
    throw badRequest(
      `A message cannot be scheduled for the past: scheduledTimestamp is in seconds, UTC, and here it is ${toSeconds(work.now)} already.`,
    )
  const prepared = await prepare(ports, work, draft)
  return prepared.channel.isMail ? sendEmail(ports, prepared, wakeMail) : sendPlain(prepared, wakeMail)
}
