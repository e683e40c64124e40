import { badRequest, found } from '@groundlevel/contract-kit'
import { newId } from '../../ids.js'
import { foundContact, holdContacts } from '../contacts/index.js'
import { eventNameOf, isCall } from './channels.rules.js'
import { conversationsOf, type Held, type LastMessage } from './conversations.sql.js'
import type { HeldEmail, NewEmail } from './emails.sql.js'
import { type HeldMessage, messagesOf, type NewMessage } from './messages.sql.js'
import type { Work } from './work.js'

/**
 * The conversation with a contact, locked; it is opened where there is none yet. The contact is held before it, as who merges
 * or deletes contacts does: the other way round two would wait for each other.
 */
export const openConversation = async (
  work: Work,
  contactId: string,
  type: number,
): Promise<Held & { readonly opened: boolean }> => {
  const conversations = conversationsOf(work.db, work.locationId)
  const [contact] = await holdContacts(work.db, work.locationId, [contactId])
  foundContact(contact, contactId)
  const known = await conversations.holdOf(contactId)
  if (known) return { ...known, opened: false }
  await conversations.open({ id: newId(work.now), contactId, type, now: work.now })
  return { ...foundContact(await conversations.holdOf(contactId), contactId), opened: true }
}

/** The same, for whoever does not mind which of the two it was. */
export const conversationWith = (work: Work, contactId: string, type: number): Promise<Held> =>
  openConversation(work, contactId, type)

/**
 * The conversation that a request names by its own id, by its contact's, or by both.
 *
 * @throws WireError 400 where neither is named, it is not there, or the two do not belong together
 */
export const namedConversation = async (
  work: Work,
  { conversationId, contactId }: { readonly conversationId?: string | undefined; readonly contactId?: string | undefined },
  type: number,
): Promise<Held> => {
  if (conversationId) {
    const conversations = conversationsOf(work.db, work.locationId)
    const person = found(await conversations.contactOf(conversationId), 'Conversation')
    await holdContacts(work.db, work.locationId, [person])
    const held = found(await conversations.hold(conversationId), 'Conversation')
    if (contactId && held.contactId !== contactId) throw badRequest('The conversation belongs to another contact.')
    return held
  }
  if (!contactId) throw badRequest('conversationId or contactId is required')
  return conversationWith(work, contactId, type)
}

const automatic: ReadonlySet<string> = new Set(['workflow', 'bulk_actions', 'campaign'])

type Shown = Pick<NewMessage, 'id' | 'body' | 'messageType' | 'type' | 'source'> & {
  readonly direction: string
  readonly at: Date
}

/** A message as the list shows it; what came in is unread. */
export const lastOf = ({ id, body, messageType, type, direction, at, source }: Shown): LastMessage => ({
  ...{ id, body, messageType, direction, at },
  number: type,
  automated: automatic.has(source),
  unread: direction === 'inbound' ? 1 : 0,
})

/** The list shows the message. */
export const showLast = async (work: Work, held: Held, message: Shown): Promise<Held> => {
  const shown = found(await conversationsOf(work.db, work.locationId).show(held, lastOf(message), work.now), 'Conversation')
  if (message.direction === 'inbound') await tellUnread(work, shown)
  return shown
}

export const tellUnread = (work: Work, held: Held, deleted = false) => {
  const { id, contactId, inbox, starred, unreadCount } = held
  return work.tell('ConversationUnreadUpdate', { id, contactId, deleted, inbox, starred, unreadCount })
}

type Told = Pick<
  HeldMessage,
  | 'id'
  | 'conversationId'
  | 'contactId'
  | 'type'
  | 'messageType'
  | 'direction'
  | 'status'
  | 'body'
  | 'contentType'
  | 'attachments'
  | 'source'
  | 'userId'
  | 'conversationProviderId'
  | 'from'
  | 'to'
  | 'dateAdded'
> & { readonly meta?: unknown }

const filled = (record: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined))

const ofCall = ({ messageType, meta }: Told) => {
  if (!isCall(messageType)) return {}
  const { callDuration, callStatus } = (meta ?? {}) as { callDuration?: number; callStatus?: string }
  return { callDuration, callStatus, ...(callStatus && { status: callStatus }) }
}

const ofEmail = (email: HeldEmail | NewEmail) => ({
  emailMessageId: email.id,
  threadId: email.messageId,
  provider: email.provider,
  from: email.from,
  to: email.to,
  cc: email.cc,
  bcc: email.bcc,
  subject: email.subject,
  body: email.body,
  contentType: email.contentType,
  attachments: email.attachments,
  status: email.status,
  dateAdded: email.dateAdded.toISOString(),
})

/** What apps are told of a message, and of the one e-mail of a thread that it is about. */
export const eventOf = (message: Told, email?: HeldEmail | NewEmail): Record<string, unknown> => {
  const { id, type, messageType, dateAdded, meta: _, ...rest } = message
  return filled({
    ...rest,
    messageId: id,
    dateAdded: dateAdded.toISOString(),
    messageType: eventNameOf(messageType),
    messageTypeId: type,
    messageTypeString: messageType,
    ...ofCall(message),
    ...(email ? ofEmail(email) : {}),
    direction: email?.direction ?? message.direction,
  })
}

/**
 * A comment among colleagues went to nobody, so apps are told of none. That a program wrote a message is for workflows alone:
 * the event has no such field.
 */
export const tellMessage = async (work: Work, message: Told, email?: HeldEmail | NewEmail, automatic = false): Promise<void> => {
  if (message.messageType === 'TYPE_INTERNAL_COMMENT') return
  const { direction } = email ?? message
  const told = { ...eventOf(message, email), ...(automatic ? { automatic } : {}) }
  await work.tell(direction === 'inbound' ? 'InboundMessage' : 'OutboundMessage', told)
}

/** A thread of its own, or one more e-mail in the thread that is named. @returns the message that is the thread */
export const storeEmail = async (work: Work, thread: NewMessage | undefined, email: NewEmail, standsAt: Date): Promise<void> => {
  const messages = messagesOf(work.db, work.locationId)
  if (thread) {
    await messages.add({ ...thread, meta: { email: { messageIds: [email.id] } } })
    return
  }
  const { direction, status, bodyText, attachments, error, route, scheduledAt } = email
  const change = { direction, status, body: bodyText, attachments, error, route, scheduledAt, sortedAt: standsAt }
  await messages.addToThread(email.messageId, email.id, change, work.now)
}
