import { createLoop, type Loop } from '../../background/loop.js'
import type { Db } from '../../database/wire.js'
import type { Clock } from '../../lab/clock.js'
import { contactRecord } from '../contacts/index.js'
import { channelOf, dndRefusal, isRefused } from './channels.rules.js'
import { conversationsOf } from './conversations.sql.js'
import { emailsOf, type HeldEmail } from './emails.sql.js'
import { type HeldMessage, messagesOf, type Problem } from './messages.sql.js'
import type { TalkPorts } from './ports.js'
import { providersOf } from './providers.sql.js'
import type { Recipient } from './sending.js'
import { type Send, sendsOf } from './sends.sql.js'
import { showLast, tellMessage } from './storing.js'
import { type HandedOver, handOver, type Outgoing, standingOf, type Way, wayOf } from './ways.js'
import { type Work, workIn } from './work.js'

export interface DueParts {
  readonly db: Db
  readonly clock: Clock
  readonly ports: TalkPorts
  say(line: string): void
  wakeMail(): void
}

const atOnce = 100
const againMs = 60_000
const mostTries = 5

const outgoingOf = (message: HeldMessage, email: HeldEmail | undefined): Outgoing => ({
  messageId: message.id,
  emailId: email?.id,
  contactId: message.contactId,
  body: email?.bodyText ?? message.body,
  html: email?.body ?? null,
  subject: email?.subject ?? null,
  attachments: email?.attachments ?? message.attachments,
  from: email?.from ?? message.from,
  to: email?.to ?? (message.to === null ? [] : [message.to]),
  cc: email?.cc ?? [],
  bcc: email?.bcc ?? [],
  userId: message.userId,
})

/** Names of requests by the type that a message was stored with. */
const sendTypeOf = (messageType: string) =>
  ({ TYPE_EMAIL: 'Email', TYPE_SMS: 'SMS', TYPE_LIVE_CHAT: 'Live_Chat', TYPE_INTERNAL_COMMENT: 'InternalComment' })[
    messageType
  ] ?? 'Other'

const refused = (message: string): Problem => ({ code: 'dnd', type: 'dnd', message })

/** The contact may have thought better of it since it was scheduled. */
const refusalOf = (recipient: Recipient | undefined, message: HeldMessage): Problem | undefined => {
  if (!recipient) return refused('The contact is gone.')
  const channel = { ...channelOf('SMS'), ...channelFor(message.messageType) }
  return isRefused(recipient, channel) ? refused(dndRefusal(channel)) : undefined
}

const channelFor = (messageType: string) => {
  if (messageType.includes('EMAIL')) return channelOf('Email')
  const named = { TYPE_WHATSAPP: 'WhatsApp', TYPE_RCS: 'RCS', TYPE_FACEBOOK: 'FB', TYPE_INSTAGRAM: 'IG' }[messageType]
  return channelOf(named ?? (messageType.includes('SMS') ? 'SMS' : 'Live_Chat'))
}

const wayFor = async (ports: TalkPorts, work: Work, message: HeldMessage): Promise<Way> => {
  const { conversationProviderId: id } = message
  const provider = id === null ? undefined : await providersOf(work.db).byId(id)
  return wayOf(ports, work, sendTypeOf(message.messageType), provider)
}

const store = async (work: Work, message: HeldMessage, email: HeldEmail | undefined, standing: HandedOver) => {
  const { status, problem: error, route } = standing
  await messagesOf(work.db, work.locationId).change(
    message.id,
    { status, error, route, scheduledAt: null, sortedAt: work.now },
    work.now,
  )
  if (email) await emailsOf(work.db, work.locationId).change(email.id, { status, error, route }, work.now)
}

const handOne = async (parts: DueParts, work: Work, send: Send): Promise<void> => {
  const { db, locationId } = work
  await sendsOf(db).remove(send)
  const known = await messagesOf(db, locationId).read(send.messageId)
  const held = known && (await conversationsOf(db, locationId).hold(known.conversationId))
  const message = held && (await messagesOf(db, locationId).hold(send.messageId))
  if (!held || !message) return
  const email = send.emailId === '' ? undefined : await emailsOf(db, locationId).hold(send.emailId)
  const recipient = (await contactRecord(db, locationId, message.contactId)) as Recipient | undefined
  const problem = refusalOf(recipient, message)
  const outgoing = outgoingOf(message, email)
  const way: Way = problem ? { kind: 'nowhere', problem } : await wayFor(parts.ports, work, message)
  const standing = standingOf(way, outgoing)
  await store(work, message, email, standing)
  await handOver(work, way, outgoing, standing, parts.wakeMail)
  const told = { ...message, status: standing.status }
  await showLast(work, held, { ...told, at: work.now })
  await tellMessage(work, told, email && { ...email, status: standing.status })
}

const companiesOf = (ports: TalkPorts) => {
  const known = new Map<string, string | undefined>()
  return async (locationId: string) => {
    if (!known.has(locationId)) known.set(locationId, (await ports.location(locationId))?.companyId)
    return known.get(locationId)
  }
}

/** A batch in one transaction: what it takes and what comes of it are there together or not at all. */
const batch = async (parts: DueParts, now: Date, limit: number): Promise<number> => {
  const acts: (() => void)[] = []
  const companyOf = companiesOf(parts.ports)
  const taken = await parts.db.transaction().execute(async (db) => {
    const due = await sendsOf(db).due('scheduled', now, limit)
    for (const send of due) {
      const companyId = await companyOf(send.locationId)
      const { locationId } = send
      if (companyId === undefined) await sendsOf(db).remove(send)
      else
        await handOne(
          parts,
          workIn(parts.ports, { db, locationId, companyId, now }, (act) => acts.push(act)),
          send,
        )
    }
    return due.length
  })
  for (const act of acts) act()
  if (taken > 0) parts.ports.wake()
  return taken
}

/** A row that cannot be handed over must not hold back the others: it comes again later, and fails in the end. */
const putOff = (parts: DueParts, now: Date, why: string) =>
  parts.db.transaction().execute(async (db) => {
    const [send] = await sendsOf(db).due('scheduled', now, 1)
    if (!send) return
    const attempts = send.attempts + 1
    parts.say(`Message ${send.messageId} could not be handed over (try ${attempts} of ${mostTries}): ${why}`)
    if (attempts < mostTries) {
      await sendsOf(db).move(send, { stage: 'scheduled', attempts, dueAt: new Date(now.getTime() + againMs) })
      return
    }
    const error = { code: 'internal', type: 'internal', message: 'It could not be handed over.' }
    await sendsOf(db).remove(send)
    await messagesOf(db, send.locationId).change(send.messageId, { status: 'failed', error, scheduledAt: null }, now)
    if (send.emailId !== '') await emailsOf(db, send.locationId).change(send.emailId, { status: 'failed', error }, now)
  })

/** Hands over what has become due, on every node at once without any message going twice. @returns how many */
export const handOverDue = async (parts: DueParts): Promise<number> => {
  const now = parts.clock.now()
  try {
    return await batch(parts, now, atOnce)
  } catch {
    // One of them is at fault: one by one, so that it is found.
    for (let done = 0; done < atOnce; done++) {
      try {
        if ((await batch(parts, now, 1)) === 0) return done
      } catch (error) {
        await putOff(parts, now, (error as Error).message)
      }
    }
    return atOnce
  }
}

export const dueLoop = (parts: DueParts): Loop =>
  createLoop({
    work: async () => {
      const done = await handOverDue(parts)
      return done === 0 ? 'nothing' : done < atOnce ? 'some' : 'full'
    },
    idleMs: 300,
    longestIdleMs: 1_000,
    busyMs: 50,
    onError: (error) => parts.say(`Scheduled messages could not be read, trying again: ${error.message}`),
  })
