import { createLoop, type Loop } from '../../background/loop.js'
import type { Db } from '../../database/wire.js'
import type { Clock } from '../../lab/clock.js'
import { contactWishes } from '../contacts/index.js'
import { channelOf, dndRefusal, isRefused } from './channels.rules.js'
import { type DueEmail, type DueMessage, lockConversations, readDue, removeSends, showHanded, storeHanded } from './due.sql.js'
import { emailsOf } from './emails.sql.js'
import { type HeldMessage, messagesOf, type Problem } from './messages.sql.js'
import type { TalkEvent, TalkPorts } from './ports.js'
import { providerChoice, providersOf } from './providers.sql.js'
import type { Recipient } from './sending.js'
import { type Send, sendsOf } from './sends.sql.js'
import { tellMessage } from './storing.js'
import { type HandedOver, handOver, type Outgoing, standingOf, type Way, wayOf } from './ways.js'
import { createTold, type Work, workIn } from './work.js'

export interface DueParts {
  readonly db: Db
  readonly clock: Clock
  readonly ports: TalkPorts
  say(line: string): void
  wakeMail(): void
}

const atOnce = 250
const againMs = 60_000
const mostTries = 5

const outgoingOf = (message: HeldMessage, email: DueEmail | undefined): Outgoing => ({
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
  ...(email?.replyToAltId ? { replyToAltId: email.replyToAltId } : {}),
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

/** The provider that a message was given, else the sub-account's choice by now. */
const providerFor = async (work: Work, { conversationProviderId: id, messageType }: HeldMessage) => {
  if (id !== null) return providersOf(work.db).byId(id)
  const type = sendTypeOf(messageType)
  return type === 'SMS' || type === 'Email' ? providerChoice(work.db, work.locationId).of(type) : undefined
}

/** Answers of one batch, each asked for once: messages that are due together mostly are of few sub-accounts. */
const remembered = <V>(ask: (key: string) => Promise<V>) => {
  const known = new Map<string, Promise<V>>()
  return (key: string) => {
    const answer = known.get(key) ?? ask(key)
    known.set(key, answer)
    return answer
  }
}

interface Handed {
  readonly message: DueMessage
  readonly email: DueEmail | undefined
  readonly standing: HandedOver
}

const automatic: ReadonlySet<string> = new Set(['workflow', 'bulk_actions', 'campaign'])

const shownRow = ({ message, email }: Handed) => ({
  locationId: message.locationId,
  id: message.conversationId,
  lastMessageId: message.id,
  lastMessageBody: (email?.bodyText ?? message.body)?.slice(0, 1000) ?? null,
  lastMessageType: message.messageType,
  lastMessageNumber: message.type,
  lastOutboundMessageAction: automatic.has(message.source) ? 'automated' : 'manual',
})

const store = async (db: Db, handed: readonly Handed[], now: Date) => {
  const row = (of: DueMessage | DueEmail, { status, problem, route }: HandedOver) => {
    const { locationId, id } = of
    return { locationId, id, status, error: problem, route }
  }
  await storeHanded(
    db,
    'messages',
    handed.map(({ message, standing }) => row(message, standing)),
    now,
  )
  await storeHanded(
    db,
    'emails',
    handed.flatMap(({ email, standing }) => (email ? [row(email, standing)] : [])),
    now,
  )
  // Of several to one person the last one is shown.
  const shown = new Map(handed.map((each) => [each.message.conversationId, shownRow(each)]))
  await showHanded(db, [...shown.values()], now)
}

const key = ({ locationId }: { readonly locationId: string }, id: string) => `${locationId} ${id}`

/** What a batch is about: its messages as far as they are still there, their e-mails, and what their contacts wish. */
const gather = async (db: Db, due: readonly Send[]) => {
  const { messages, emails } = await readDue(db, due)
  const there = await lockConversations(
    db,
    messages.map(({ locationId, conversationId }) => ({ locationId, id: conversationId })),
  )
  const wishes = await contactWishes(db, messages)
  return {
    messages: new Map(
      messages.filter(({ conversationId }) => there.has(conversationId)).map((each) => [key(each, each.id), each]),
    ),
    emails: new Map(emails.map((each) => [key(each, each.id), each])),
    wishes: new Map(wishes.map((each) => [key(each, each.id), each as unknown as Recipient])),
  }
}

/** Hands over a batch: what it takes and what comes of it are there together or not at all. */
const handBatch = async (parts: DueParts, db: Db, due: readonly Send[], now: Date, acts: (() => void)[]) => {
  const { ports } = parts
  const told = createTold(ports)
  const companyOf = remembered(async (locationId) => (await ports.location(locationId))?.companyId)
  const { messages, emails, wishes } = await gather(db, due)
  const collecting = { addEvent: (_db: Db, event: TalkEvent) => told.add(event) }
  const ways = new Map<string, Promise<Way>>()
  const handed: Handed[] = []
  // First, for what goes to the mail server gets a row of its own there.
  await removeSends(db, due)
  for (const send of due) {
    const { locationId } = send
    const message = messages.get(key(send, send.messageId))
    const companyId = await companyOf(locationId)
    if (!message || companyId === undefined) continue
    const work = workIn(collecting, { db, locationId, companyId, now }, (act) => acts.push(act))
    const email = send.emailId === '' ? undefined : emails.get(key(send, send.emailId))
    const problem = refusalOf(wishes.get(key(send, message.contactId)), message)
    const outgoing = outgoingOf(message, email)
    const wayKey = [locationId, message.messageType, message.conversationProviderId].join(' ')
    const known =
      ways.get(wayKey) ??
      providerFor(work, message).then((provider) => wayOf(ports, work, sendTypeOf(message.messageType), provider))
    ways.set(wayKey, known)
    const way: Way = problem ? { kind: 'nowhere', problem } : await known
    const standing = standingOf(way, outgoing)
    await handOver(work, way, outgoing, standing, parts.wakeMail)
    await tellMessage(work, { ...message, status: standing.status }, email && { ...email, status: standing.status })
    handed.push({ message, email, standing })
  }
  await store(db, handed, now)
  await told.write(db)
}

const batch = async (parts: DueParts, now: Date, limit: number): Promise<number> => {
  const acts: (() => void)[] = []
  const taken = await parts.db.transaction().execute(async (db) => {
    const due = await sendsOf(db).due('scheduled', now, limit)
    if (due.length > 0) await handBatch(parts, db, due, now, acts)
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
      await sendsOf(db).move(send, { attempts, dueAt: new Date(now.getTime() + againMs) })
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
