import { newId } from '../../ids.js'
import { type Channel, numberOf } from './channels.rules.js'
import type { Held } from './conversations.sql.js'
import type { EmailDraft } from './email-drafts.js'
import type { NewEmail } from './emails.sql.js'
import type { NewMessage } from './messages.sql.js'
import type { Texts } from './ports.js'
import type { Draft, Recipient } from './sending.js'
import { mailText, plainText } from './texts.rules.js'
import { type HandedOver, type Outgoing, standingOf, type Way } from './ways.js'
import type { Work } from './work.js'

/** A message to one contact, with everything that decides what becomes of it. */
export interface Prepared {
  readonly work: Work
  readonly draft: Draft
  readonly recipient: Recipient
  readonly channel: Channel
  readonly way: Way
  readonly texts: Texts
  readonly attachments: readonly string[]
}

/** What is stored of a message, and what leaves. */
export interface Made {
  /** Of an e-mail: its thread, as it is once the e-mail stands in it. */
  readonly message: NewMessage
  readonly email?: NewEmail
  readonly outgoing: Outgoing
  readonly standing: HandedOver
}

const newMessage = (prepared: Prepared, held: Held, body: string | null): NewMessage => {
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
    contentType: 'text/plain',
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

const outgoingMessage = (message: NewMessage): Outgoing => ({
  messageId: message.id,
  contactId: message.contactId,
  body: message.body,
  attachments: message.attachments,
  from: message.from,
  to: message.to === null ? [] : [message.to],
  userId: message.userId,
})

const outgoingEmail = (email: NewEmail, replyToAltId?: string | null): Outgoing => ({
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

const later: HandedOver = { status: 'scheduled', problem: null, route: null }
const standing = ({ draft, way }: Prepared, outgoing: Outgoing) => (draft.scheduledAt ? later : standingOf(way, outgoing))
const stands = ({ status, problem, route }: HandedOver) => ({ status, error: problem, route })

/** A message that is no e-mail. */
export const plainMessage = (prepared: Prepared, held: Held): Made => {
  const { body, html } = prepared.texts
  const drafted = newMessage(prepared, held, body ?? (html ? plainText(html) : ''))
  const outgoing = outgoingMessage(drafted)
  const at = standing(prepared, outgoing)
  return { message: { ...drafted, ...stands(at) }, outgoing, standing: at }
}

/** An e-mail; its thread is the one that the draft names, or begins with it. */
export const mailMessage = (prepared: Prepared, held: Held, made: EmailDraft): Made & { readonly email: NewEmail } => {
  const fresh = newMessage(prepared, held, null)
  const drafted = emailRow(prepared, held, made, fresh)
  const outgoing = outgoingEmail(drafted, made.replyTo?.altId)
  const at = standing(prepared, outgoing)
  const email = { ...drafted, ...stands(at) }
  const { bodyText: body, attachments, messageId: id } = email
  const message = { ...fresh, ...stands(at), id, body, attachments, meta: { email: { messageIds: [email.id] } } }
  return { message, email, outgoing, standing: at }
}
