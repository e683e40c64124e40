import { badRequest, missing } from '@groundlevel/contract-kit'
import { contactRecord, foundContact } from '../contacts/index.js'
import { channelOf, dndRefusal, isRefused } from './channels.rules.js'
import type { Held } from './conversations.sql.js'
import { conversationsOf } from './conversations.sql.js'
import { draftEmail } from './email-drafts.js'
import { emailsOf } from './emails.sql.js'
import { messagesOf, type NewMessage } from './messages.sql.js'
import { mailMessage, type Prepared, plainMessage } from './outgoing.js'
import type { TalkPorts, Texts } from './ports.js'
import { preferencesOf } from './preferences.sql.js'
import { sendsOf } from './sends.sql.js'
import { conversationWith, showLast, storeEmail, tellMessage } from './storing.js'
import { type HandedOver, handOver, providerFor, wayOf } from './ways.js'
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

export const hasFields = (texts: Texts): boolean =>
  Object.values(texts).some((text) => text?.includes('{{') || text?.includes('{%'))

const render = async (ports: TalkPorts, { db, locationId, now }: Work, draft: Draft, texts: Texts): Promise<Texts> => {
  if (!hasFields(texts)) return texts
  const about = { locationId, contactId: draft.contactId, userId: draft.userId ?? undefined, now }
  return ports.render(db, about, texts)
}

/** What the message says before values are put in: its own texts, else those of its template. */
export const contentOf = async (ports: TalkPorts, work: Work, draft: Omit<Draft, 'contactId'>) => {
  const own: Texts = { body: draft.message, subject: draft.subject, html: draft.html }
  const template = draft.templateId ? await ports.template(work.db, work.locationId, draft.templateId) : undefined
  if (draft.templateId && !template) throw missing('Template')
  const said = Object.fromEntries(Object.entries(own).filter(([, text]) => text !== undefined))
  const { attachments: more = [], ...texts } = { ...template, ...said }
  return { texts: texts as Texts, attachments: [...(draft.attachments ?? []), ...more] }
}

export const demandContent = ({ texts, attachments, draft }: Prepared) => {
  const says = [texts.body, texts.html].some((text) => text !== undefined && text.trim() !== '')
  if (says || attachments.length > 0 || draft.forward?.isForwarded) return
  throw badRequest('There is no message or attachments for this message. Skip sending.')
}

/**
 * @returns the address of an e-mail, whose wishes are still to be asked
 * @throws WireError 400 in the sentences that programs know
 */
export const demandReachable = ({ draft, recipient, channel }: Prepared): string | undefined => {
  if (isRefused(recipient, channel)) throw badRequest(dndRefusal(channel))
  if (channel.needs === 'phone' && !draft.toNumber && !recipient.phone) throw badRequest('Missing phone number')
  if (channel.needs !== 'email') return undefined
  if (!draft.emailTo && !recipient.email) throw badRequest("Unable to send e-mail, contact's e-mail is missing")
  return (draft.emailTo ?? recipient.email ?? '').toLowerCase()
}

export const unsubscribed = (email: string) => badRequest(`Cannot send email as ${email} has unsubscribed`)

const prepare = async (ports: TalkPorts, work: Work, draft: Draft): Promise<Prepared> => {
  const record = await contactRecord(work.db, work.locationId, draft.contactId)
  const recipient = foundContact(record as Recipient | undefined, draft.contactId)
  const provider = await providerFor(ports, work, draft.type, draft.conversationProviderId)
  const channel = channelOf(draft.type, provider)
  const way = await wayOf(ports, work, draft.type, provider)
  const { texts, attachments } = await contentOf(ports, work, draft)
  const prepared = { work, draft, recipient, channel, way, texts: await render(ports, work, draft, texts), attachments }
  demandContent(prepared)
  const email = demandReachable(prepared)
  const wishes = preferencesOf(work.db, work.locationId)
  if (email !== undefined && (await wishes.refuses(recipient.id, email, draft.customSubtypeId))) throw unsubscribed(email)
  return prepared
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
export const statusToTell = ({ status, problem }: HandedOver): Pick<SentMessage, 'status' | 'msg'> =>
  status === 'failed' ? { status, msg: problem?.message ?? 'Message failed.' } : { status: 'pending', msg: queued }

/** Of a conversation that begins with an e-mail. */
export const typeOfMailers = ({ phone }: Recipient) => (phone ? 1 : 2)

const mention = async (work: Work, held: Held, mentions: readonly string[]) => {
  const all = [...new Set([...held.mentions, ...mentions])]
  await conversationsOf(work.db, work.locationId).change(held.id, { mentions: all }, work.now)
}

const sendPlain = async (prepared: Prepared, wakeMail: () => void): Promise<SentMessage> => {
  const { work, draft, way, channel } = prepared
  const held = await conversationWith(work, prepared.recipient.id, channel.conversationType)
  const { message, outgoing, standing } = plainMessage(prepared, held)
  const ids = { conversationId: held.id, messageId: message.id }
  if (draft.mentions?.length && draft.type === 'InternalComment') await mention(work, held, draft.mentions)
  await messagesOf(work.db, work.locationId).add(message)
  if (draft.scheduledAt) {
    await schedule(work, message, '', draft.scheduledAt)
    return { ...ids, status: 'pending', msg: 'Message scheduled successfully.' }
  }
  await handOver(work, way, outgoing, standing, wakeMail)
  await showLast(work, held, { ...message, at: work.now })
  await tellMessage(work, { ...message, meta: null })
  return { ...ids, ...statusToTell(standing) }
}

const sendEmail = async (ports: TalkPorts, prepared: Prepared, wakeMail: () => void): Promise<SentMessage> => {
  const { work, draft, way, texts, attachments, recipient } = prepared
  const held = await conversationWith(work, recipient.id, typeOfMailers(recipient))
  const drafted = await draftEmail(ports, work, { ...draft, texts, attachments }, recipient)
  const { message, email, outgoing, standing } = mailMessage(prepared, held, drafted)
  await storeEmail(work, drafted.threadId ? undefined : message, email, draft.scheduledAt ?? work.now)
  await emailsOf(work.db, work.locationId).add(email)
  const ids = { conversationId: held.id, messageId: message.id, emailMessageId: email.id }
  if (draft.scheduledAt) {
    await schedule(work, message, email.id, draft.scheduledAt)
    return { ...ids, status: 'pending', msg: 'Email scheduled successfully.' }
  }
  await handOver(work, way, outgoing, standing, wakeMail)
  await showLast(work, held, { ...message, at: work.now })
  await tellMessage(work, { ...message, meta: null }, email)
  return { ...ids, ...statusToTell(standing) }
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
