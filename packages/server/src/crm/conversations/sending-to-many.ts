import { WireError } from '@groundlevel/contract-kit'
import { newId } from '../../ids.js'
import { type Channel, channelOf } from './channels.rules.js'
import { conversationsOf, type Held } from './conversations.sql.js'
import { draftEmail, type EmailDraft } from './email-drafts.js'
import { emailsOf } from './emails.sql.js'
import { messagesOf } from './messages.sql.js'
import { type Made, mailMessage, type Prepared, plainMessage } from './outgoing.js'
import type { TalkPorts } from './ports.js'
import { preferencesOf } from './preferences.sql.js'
import {
  contentOf,
  type Draft,
  demandContent,
  demandReachable,
  hasFields,
  type Recipient,
  type SentMessage,
  statusToTell,
  typeOfMailers,
  unsubscribed,
} from './sending.js'
import { sendsOf } from './sends.sql.js'
import { lastOf, tellMessage } from './storing.js'
import { mailTo, providerFor, tellWay, wayOf } from './ways.js'
import type { Work } from './work.js'

/** What is said to many: nobody's answer, and at once. */
export type SharedDraft = Pick<
  Draft,
  'type' | 'message' | 'html' | 'subject' | 'attachments' | 'templateId' | 'emailFrom' | 'source' | 'userId'
>

interface Ready extends Prepared {
  /** Of an e-mail. */
  readonly email?: EmailDraft
}

type CameOfIt = Map<string, SentMessage | WireError>

const refusing = async ({ db, locationId }: Work, channel: Channel, recipients: readonly Recipient[]) => {
  const addressed = recipients.flatMap(({ id, email }) => (email ? [{ contactId: id, email: email.toLowerCase() }] : []))
  return channel.needs === 'email' ? preferencesOf(db, locationId).refusing(addressed) : new Set<string>()
}

/** Those who are reached, with what is said to them; of the others why they are not goes to `came`. */
const readyAmong = async (
  ports: TalkPorts,
  work: Work,
  shared: SharedDraft,
  recipients: readonly Recipient[],
  came: CameOfIt,
): Promise<Ready[]> => {
  const provider = await providerFor(ports, work, shared.type, undefined)
  const channel = channelOf(shared.type, provider)
  const way = await wayOf(ports, work, shared.type, provider)
  const { texts, attachments } = await contentOf(ports, work, shared)
  const { db, locationId, now } = work
  const render = hasFields(texts) ? await ports.rendererOf(db, { locationId, now }, texts) : async () => texts
  const unwilling = await refusing(work, channel, recipients)

  const readyFor = async (recipient: Recipient): Promise<Ready> => {
    const draft = { ...shared, contactId: recipient.id }
    const prepared: Prepared = { work, draft, recipient, channel, way, texts: await render({ ...recipient }), attachments }
    demandContent(prepared)
    const email = demandReachable(prepared)
    if (email !== undefined && unwilling.has(recipient.id)) throw unsubscribed(email)
    if (!channel.isMail) return prepared
    return { ...prepared, email: await draftEmail(ports, work, { ...draft, texts: prepared.texts, attachments }, recipient) }
  }

  const ready: Ready[] = []
  for (const recipient of recipients) {
    try {
      ready.push(await readyFor(recipient))
    } catch (error) {
      if (!(error instanceof WireError) || error.status >= 500) throw error
      came.set(recipient.id, error)
    }
  }
  return ready
}

const conversationsWith = async ({ db, locationId, now }: Work, ready: readonly Ready[]): Promise<ReadonlyMap<string, Held>> => {
  const conversations = conversationsOf(db, locationId)
  const typeFor = ({ recipient, channel }: Ready) => (channel.isMail ? typeOfMailers(recipient) : channel.conversationType)
  await conversations.openAll(ready.map((each) => ({ id: newId(now), contactId: each.recipient.id, type: typeFor(each), now })))
  const held = await conversations.holdOfAll(ready.map(({ recipient }) => recipient.id))
  return new Map(held.map((each) => [each.contactId, each]))
}

type Written = Made & { readonly held: Held; readonly way: Ready['way'] }

const made = (ready: Ready, held: Held | undefined): Written => {
  if (!held) throw new Error(`contact ${ready.recipient.id} is held and has no conversation`)
  const message = ready.email ? mailMessage(ready, held, ready.email) : plainMessage(ready, held)
  return { ...message, held, way: ready.way }
}

const store = async (work: Work, all: readonly Written[]) => {
  const { db, locationId, now } = work
  await messagesOf(db, locationId).addAll(all.map(({ message }) => message))
  await emailsOf(db, locationId).addAll(all.flatMap(({ email }) => email ?? []))
  await sendsOf(db).addAll(all.flatMap(({ way, outgoing }) => mailTo(work, way, outgoing) ?? []))
  const shown = all.map(({ held, message }) => ({ held, last: lastOf({ ...message, at: now }) }))
  await conversationsOf(db, locationId).showSent(shown, now)
}

/**
 * The same message to many contacts whom the caller holds, each with their own values in it, in statements for all of them.
 *
 * @returns by contact what was sent, or why nothing was
 * @throws WireError 400 where nobody can be sent it: there is no such template, or no way
 */
export const sendToMany = async (
  ports: TalkPorts,
  work: Work,
  shared: SharedDraft,
  recipients: readonly Recipient[],
): Promise<ReadonlyMap<string, SentMessage | WireError>> => {
  const came: CameOfIt = new Map()
  const ready = await readyAmong(ports, work, shared, recipients, came)
  if (ready.length === 0) return came
  const held = await conversationsWith(work, ready)
  const all = ready.map((each) => made(each, held.get(each.recipient.id)))
  await store(work, all)
  // By kind, so that those of one kind are written together.
  for (const { way, outgoing, standing } of all) await tellWay(work, way, outgoing, standing)
  for (const { message, email } of all) await tellMessage(work, { ...message, meta: null }, email)
  for (const { message, email, standing } of all) {
    const ids = { conversationId: message.conversationId, messageId: message.id, ...(email && { emailMessageId: email.id }) }
    came.set(message.contactId, { ...ids, ...statusToTell(standing) })
  }
  return came
}
