import { Readable } from 'node:stream'
import { folderBytes } from '../blobs/folder.js'
import { type Blobs, createBlobs } from '../blobs/index.js'
import { contactActs, contactsModule } from '../crm/contacts/index.js'
import { createTalk, type MessageToSend, moveConversations, type Talk, type TalkPorts } from '../crm/conversations/index.js'
import { claimMails } from '../crm/conversations/mail.jobs.js'
import { builderTexts, emailsModule } from '../crm/emails/index.js'
import { mergePorts, renderTexts, textsRendererOf } from '../crm/merge-fields/index.js'
import { settleText } from '../crm/notices/index.js'
import { messageTexts, templatesModule } from '../crm/templates/index.js'
import type { OutboxEvent } from '../http/context.js'
import { newHexId, newId } from '../ids.js'
import { contactPorts } from './contact-ports.js'
import { type ModuleApp, moduleApp } from './module-app.js'
import { scratchFolder } from './scratch.js'

/** Conversations, contacts and templates on one database, with an app that can be installed. */
export interface TalkWorld extends ModuleApp {
  readonly talk: Talk
  /** App ids that are installed in both sub-accounts. */
  readonly installed: Set<string>
  readonly ports: TalkPorts
  readonly blobs: Blobs
  contact(fields?: object): Promise<{ readonly id: string }>
  /** A provider of an app that is installed, and a token of that app. */
  provider(settings?: Partial<ProviderRow>): Promise<{ readonly id: string; readonly appId: string; readonly token: string }>
  send(body: object, token?: string): ReturnType<ModuleApp['call']>
  /** Events since a mark. */
  told(from?: number): { readonly type: string; readonly payload: Record<string, unknown>; readonly event: OutboxEvent }[]
  /** Hands e-mails that are due to the mail server. @returns how many */
  deliverMails(mailer?: TalkPorts['mailer']): Promise<number>
  sendMessage(message: Omit<MessageToSend, 'locationId' | 'now'>): ReturnType<Talk['sendMessage']>
}

interface ProviderRow {
  readonly type: 'SMS' | 'Email' | 'Call'
  readonly custom: boolean
  readonly deliveryUrl: string
}

const publicUrl = () => 'http://127.0.0.1:4000'

export const talkWorld = async (more: Partial<TalkPorts> = {}): Promise<TalkWorld> => {
  const installed = new Set<string>()
  const made: { talk?: Talk; ports?: TalkPorts; blobs?: Blobs } = {}
  const events: OutboxEvent[] = []
  const on = await moduleApp(
    ({ db, lookups, clock }) => {
      const place = async (id: string) =>
        lookups.selectFrom('locations').select(['companyId', 'name']).where('id', '=', id).executeTakeFirst()
      const blobs = createBlobs({ db, bytes: folderBytes(scratchFolder()), publicUrl })
      const merging = mergePorts(lookups, { location: place })
      const ports: TalkPorts = {
        addEvent: async (_db, event) => events.push({ ...event, traceId: event.traceId ?? '' }),
        addEvents: async (_db, event, texts) =>
          events.push(...texts.map((payloadText) => ({ ...event, payloadText, traceId: event.traceId ?? '' }))),
        wake: () => {},
        location: place,
        installsFor: async () =>
          [...installed].map((appId) => ({ appId, installId: `install of ${appId}`, scopes: ['conversations/message.write'] })),
        render: (on, about, texts) => renderTexts(merging, on, about, texts),
        rendererOf: (on, about, texts) => textsRendererOf(merging, on, about, texts),
        template: async (on, locationId, id) => (await messageTexts(on, locationId, id)) ?? builderTexts(on, locationId, id),
        outbox: true,
        strangers: { settle: settleText },
        mailFrom: 'no-reply@localhost',
        contactOf: async (work, { address, name }) => {
          const author = { source: 'EMAIL', channel: 'INBOUND', sourceId: address, timestamp: work.now }
          const acts = contactActs(contactPorts(lookups))
          const inside = { ...work, author, newId: () => newId(work.now), emit: async () => {} }
          const { contact } = await acts.upsert(inside, { email: address }, { onCreate: { name } })
          return contact.value.id
        },
        ...more,
      }
      const talk = createTalk(
        { db, clock, say: (line) => on.said.push(line), config: { production: false, dataDir: publicUrl() } },
        ports,
        {
          apps: { ownApp: async () => ({}), urlFault: () => '', logoFault: () => '' },
          blobs,
          publicUrl,
          openFile: async (url) =>
            url.includes('/recording') ? { contentType: 'audio/mpeg', chunks: Readable.from([Buffer.from('sound')]) } : undefined,
        },
      )
      Object.assign(made, { talk, ports, blobs })
      return [
        ...contactsModule(contactPorts(lookups, { moves: [moveConversations] })),
        ...templatesModule(),
        ...emailsModule({ blobs, publicUrl }),
        ...talk.implementations,
      ]
    },
    undefined,
    undefined,
    (app) => void app.register((inner) => made.talk?.routes(inner)),
  )
  const { talk, ports, blobs } = made as { talk: Talk; ports: TalkPorts; blobs: Blobs }
  let serial = 0

  const addApp = async () => {
    const appId = newHexId()
    const now = on.clock.now()
    const developerId = newId(now)
    await on.db.insertInto('developers').values({ id: developerId, name: 'Team', dateAdded: now }).execute()
    const texts = { tagline: '', description: '', companyName: '', website: '', supportEmail: '', supportPhone: '', logo: '' }
    const kind = { appType: 'public', listingType: 'standard', targetUser: 'location', whoCanInstall: 'both' } as const
    const lists = { categories: [], redirectUris: [], webhookUrl: '' }
    const flags = { bulkInstall: true, allowLocationInstall: false, requirePkce: false }
    await on.db
      .insertInto('apps')
      .values({
        id: appId,
        developerId,
        name: `App ${appId}`,
        ...texts,
        ...kind,
        ...lists,
        ...flags,
        dateAdded: now,
        dateUpdated: now,
      })
      .execute()
    installed.add(appId)
    return appId
  }

  return Object.assign(on, {
    talk,
    installed,
    ports,
    blobs,
    contact: async (fields: object = {}) => {
      const number = 1000 + ++serial
      const body = {
        locationId: on.locationId,
        firstName: 'Ada',
        email: `ada${number}@mail.example`,
        phone: `+1415555${number}`,
        ...fields,
      }
      return (await on.call('POST', '/contacts/', { token: on.token(), body })).body.contact
    },
    provider: async (settings: Partial<ProviderRow> = {}) => {
      const appId = await addApp()
      const row = {
        id: newHexId(),
        appId,
        name: 'Provider',
        type: 'SMS' as const,
        deliveryUrl: 'https://provider.example/out',
        custom: false,
      }
      const dates = { dateAdded: on.clock.now(), dateUpdated: on.clock.now() }
      await on.db
        .insertInto('conversationProviders')
        .values({ ...row, alwaysShow: false, alias: '', logo: '', ...dates, ...settings })
        .execute()
      return { id: row.id, appId, token: on.token({ appId }) }
    },
    send: (body: object, token = on.token()) => on.call('POST', '/conversations/messages', { token, body }),
    told: (from = 0) =>
      [...on.events, ...events].slice(from).map((event) => ({
        type: event.type,
        payload: JSON.parse(event.payloadText),
        event,
      })),
    deliverMails: async (mailer = ports.mailer) => {
      const parts = { db: on.db, clock: on.clock, ports, say: (line: string) => on.said.push(line), wakeMail: () => {} }
      if (!mailer) throw new Error('this world has no mailer')
      const mails = await claimMails({ ...parts, owner: 'talk world', dataDir: publicUrl() }, mailer)
      await Promise.all(mails.map((send) => send()))
      return mails.length
    },
    sendMessage: (message: Omit<MessageToSend, 'locationId' | 'now'>) =>
      on.db.transaction().execute((db) => talk.sendMessage(db, { ...message, locationId: on.locationId, now: on.clock.now() })),
  })
}
