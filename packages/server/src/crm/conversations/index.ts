import type { WireError } from '@groundlevel/contract-kit'
import type { FastifyInstance } from 'fastify'
import type { Loop } from '../../background/loop.js'
import { ownerName } from '../../background/owner.js'
import type { Job } from '../../background/ticker.js'
import type { Blobs } from '../../blobs/index.js'
import type { Db } from '../../database/wire.js'
import type { Implementation } from '../../http/implement.js'
import type { Services } from '../../services.js'
import { conversationHandlers } from './conversations.handlers.js'
import { dueLoop } from './due.jobs.js'
import { emailStatusHandlers } from './email-status.handlers.js'
import { liveChatHandlers } from './live-chat.handlers.js'
import { mailLoop } from './mail.jobs.js'
import { mailAddressHandlers } from './mail-in/addresses.handlers.js'
import { createMailListener, type MailInSettings, type MailLimits } from './mail-in/listener.js'
import { forgetReceived } from './mail-in/received-mails.sql.js'
import { conversationMessageHandlers, emailHandlers, messageHandlers } from './messages.handlers.js'
import { outboxHandlers } from './outbox.handlers.js'
import type { TalkPorts } from './ports.js'
import { subscriptionHandlers, subtypeHandlers } from './preferences.handlers.js'
import { appProviderHandlers, type ProviderApps, providerHandlers } from './providers.handlers.js'
import { providersOf } from './providers.sql.js'
import { type OpenFile, recordingHandlers, transcriptionHandlers } from './recordings.handlers.js'
import { type Draft, type Recipient, type SentMessage, sendMessage } from './sending.js'
import { type SharedDraft, sendToMany } from './sending-to-many.js'
import { failUndelivered } from './statuses.js'
import { type TextToStranger, textStranger } from './strangers.js'
import { trackingRoutes } from './tracking/tracking-route.js'
import { uploadRoute } from './upload-route.js'
import { uploadHandlers } from './uploads.handlers.js'
import { forgetUploads } from './uploads.sql.js'
import { type Work, workIn } from './work.js'

export { talkRecords } from './assigned.js'
export { moveConversations } from './moves.sql.js'
export type { TalkPorts } from './ports.js'
export { type SeedConversation, type SeedMessage, seedConversations } from './seed.sql.js'
export type { Draft, SentMessage } from './sending.js'
export { createMailer } from './smtp.js'
export { createTracking } from './tracking/tracking.rules.js'

/** A message that another room sends. */
export interface MessageToSend extends Omit<Draft, 'source' | 'userId'> {
  readonly locationId: string
  /** Default: `workflow`. */
  readonly source?: Draft['source']
  readonly userId?: string | null
  readonly now: Date
}

/**
 * Sends a message to a contact in the caller's transaction: rolled back with it, or on its way once it commits.
 *
 * @throws WireError 400 where the contact cannot or will not be reached this way (do-not-disturb, no number, no address,
 *   unsubscribed), 422 for a text that is no template; nothing is stored then
 */
export type SendMessage = (db: Db, message: MessageToSend) => Promise<SentMessage>

/** Somebody's transaction in which many are written to; what is told of it goes where everything goes that they tell. */
export interface ManyWork extends Pick<Work, 'db' | 'locationId' | 'now' | 'tell'> {
  readonly source: Draft['source']
}

/**
 * Sends the same message to many contacts whom the caller holds, each with their own values in it.
 *
 * @returns by contact what was sent, or why nothing was (do-not-disturb, no number, no address, unsubscribed, nothing to say)
 * @throws WireError 400 where nobody can be sent it: there is no such template, or no way
 */
export type SendToMany = (
  work: ManyWork,
  message: Omit<SharedDraft, 'source' | 'userId'>,
  contacts: readonly Recipient[],
) => Promise<ReadonlyMap<string, SentMessage | WireError>>

/** What the room needs beside its ports. */
export interface TalkParts {
  readonly apps: ProviderApps
  readonly blobs: Pick<Blobs, 'put' | 'get' | 'urlOf'>
  publicUrl(): string
  readonly openFile: OpenFile
  /** Absent: no mail comes in. */
  readonly mailIn?: { readonly settings: MailInSettings; readonly limits: MailLimits } | undefined
}

export interface Talk {
  readonly implementations: readonly Implementation[]
  readonly sendMessage: SendMessage
  readonly sendToMany: SendToMany
  /** A text to somebody who is no contact. @returns false where no provider takes it */
  textStranger(db: Db, text: TextToStranger): Promise<boolean>
  /** Routes that are no operations. */
  readonly routes: (app: FastifyInstance) => Promise<void>
  readonly jobs: readonly Job[]
  /** A message that its provider could not be told of: it has failed, unless somebody knows better by then. */
  undelivered(body: string, status: number | null, error: string): Promise<void>
  /** @throws StartError where mail is to come in and cannot */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Where an app's conversation providers are posted to. */
export const deliveryUrlsOf = (db: Db, appId: string): Promise<readonly string[]> => providersOf(db).deliveryUrls(appId)

const hourMs = 3_600_000

type TalkServices = Pick<Services, 'db' | 'clock' | 'say'> & {
  readonly config: Pick<Services['config'], 'production' | 'dataDir'>
}

const senderToMany =
  (ports: TalkPorts): SendToMany =>
  async ({ source, ...given }, message, contacts) => {
    const place = await ports.location(given.locationId)
    if (!place) throw new Error(`There is no sub-account ${given.locationId} to send messages from.`)
    const work: Work = { ...given, companyId: place.companyId, afterCommit: () => {} }
    return sendToMany(ports, work, { ...message, source, userId: null }, contacts)
  }

const sender =
  (ports: TalkPorts): SendMessage =>
  async (db, { locationId, now, source = 'workflow', userId = null, ...draft }) => {
    const place = await ports.location(locationId)
    if (!place) throw new Error(`There is no sub-account ${locationId} to send a message from.`)
    // The loops look again within a second, so that nothing has to be done after somebody else's commit.
    const work = workIn(ports, { db, locationId, companyId: place.companyId, now }, () => {})
    return sendMessage(ports, work, { ...draft, source, userId }, () => {})
  }

/** Conversations, their messages, and the ways on which those come and go. */
export const createTalk = ({ db, clock, say, config }: TalkServices, ports: TalkPorts, parts: TalkParts): Talk => {
  const wakeMail = () => mails?.wake()
  const due = { db, clock, say, ports, wakeMail }
  const { dataDir } = config
  const mails = ports.mailer && mailLoop({ ...due, dataDir, owner: ownerName(dataDir) }, ports.mailer)
  const { mailIn, blobs } = parts
  const listener = mailIn && createMailListener({ db, clock, say, ports, blobs }, mailIn.settings, mailIn.limits)
  const loops: readonly Loop[] = [dueLoop(due), ...(mails ? [mails] : [])]
  return {
    implementations: [
      ...conversationHandlers(),
      ...messageHandlers(ports, wakeMail),
      ...conversationMessageHandlers(),
      ...emailHandlers(),
      ...emailStatusHandlers(),
      ...uploadHandlers({ blobs: parts.blobs, publicUrl: parts.publicUrl }),
      ...recordingHandlers(parts.openFile),
      ...transcriptionHandlers(),
      ...liveChatHandlers(),
      ...subtypeHandlers(),
      ...subscriptionHandlers(),
      ...appProviderHandlers(parts.apps),
      ...providerHandlers(ports),
      ...mailAddressHandlers(ports),
      ...(config.production ? [] : outboxHandlers()),
    ],
    sendMessage: sender(ports),
    sendToMany: senderToMany(ports),
    textStranger: textStranger(ports),
    routes: async (app) => {
      app.register(uploadRoute({ db, clock }, parts.blobs))
      if (ports.tracking) app.register(trackingRoutes({ db, clock, say, ports }, ports.tracking))
    },
    jobs: [
      {
        name: 'uploads of messages',
        everyMs: hourMs,
        run: (now) => forgetUploads(db, new Date(now.getTime() - 24 * hourMs)),
      },
      { name: 'mails that came in', everyMs: hourMs, run: (now) => forgetReceived(db, now) },
    ],
    undelivered: (body, status, error) => {
      const problem = { code: String(status ?? ''), type: 'provider', message: `The provider could not be reached: ${error}` }
      return failUndelivered(ports, db, JSON.parse(body), problem, clock.now())
    },
    start: async () => {
      await listener?.start()
      for (const loop of loops) loop.start()
    },
    stop: async () => {
      await listener?.stop()
      for (const loop of loops) await loop.stop()
      ports.mailer?.close()
    },
  }
}
