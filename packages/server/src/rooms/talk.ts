import type { Blobs } from '../blobs/index.js'
import type { ContactActs, ContactWork } from '../crm/contacts/index.js'
import { createMailer, createTalk, createTracking, type Talk, type TalkPorts } from '../crm/conversations/index.js'
import { builderTexts } from '../crm/emails/index.js'
import { type MergePorts, renderTexts, textsRendererOf } from '../crm/merge-fields/index.js'
import { createNotices, type Notices, settleText } from '../crm/notices/index.js'
import { messageTexts } from '../crm/templates/index.js'
import { createRateLimits } from '../http/rate-limits.js'
import { type Identity, usersReached } from '../identity/index.js'
import { newId } from '../ids.js'
import { type Apps, type Installs, logoFault, webhookUrlFault } from '../marketplace/index.js'
import type { Services } from '../services.js'
import { createFetcher, type Webhooks } from '../webhooks/index.js'

interface TalkRooms {
  readonly identity: Pick<Identity, 'location'>
  readonly installs: Pick<Installs, 'installsFor'>
  readonly apps: Pick<Apps, 'ownApp'>
  readonly webhooks: Pick<Webhooks, 'addEvent' | 'addEvents' | 'wake' | 'onDead'>
  readonly merging: MergePorts
  readonly blobs: Blobs
  readonly contacts: Pick<ContactActs, 'upsert'>
}

/** A file of ours, if the address is one and the file is this sub-account's. */
const ownFile = async (blobs: Blobs, publicUrl: string, url: string, locationId: string) => {
  const id = url.startsWith(`${publicUrl}/_ground/blobs/`) ? url.slice(publicUrl.length).split('/')[3] : undefined
  const blob = id === undefined ? undefined : await blobs.get(id)
  const chunks = blob?.locationId === locationId ? await blob.open() : undefined
  return blob && chunks ? { contentType: blob.contentType, chunks } : undefined
}

/** Whoever writes to a sub-account is its contact from then on. */
const contactOf =
  (contacts: TalkRooms['contacts'], addEvent: Webhooks['addEvent']): NonNullable<TalkPorts['contactOf']> =>
  async ({ db, locationId, companyId, now }, { address, name }) => {
    const emit = (type: string, record: { readonly text: string }) =>
      addEvent(db, { type, companyId, locationId, payloadText: record.text, traceId: null, now })
    const author = { source: 'EMAIL', channel: 'INBOUND', sourceId: address, timestamp: now }
    const work: ContactWork = {
      db,
      locationId,
      author,
      now,
      newId: () => newId(now),
      emit: async (type, record) => void (await emit(type, record)),
    }
    const { contact } = await contacts.upsert(work, { email: address }, { onCreate: { ...(name && { name }), source: 'email' } })
    return contact.value.id
  }

/** Ties conversations to the rooms that they ask. */
export const talkRooms = (
  services: Services,
  { identity, installs, apps, webhooks, merging, blobs, contacts }: TalkRooms,
): Talk & { readonly notices: Notices } => {
  const { production, publicUrl, smtpUrl, mailFrom, mailIn, mailTracking } = services.config
  const ports: TalkPorts = {
    addEvent: webhooks.addEvent,
    addEvents: webhooks.addEvents,
    wake: webhooks.wake,
    location: identity.location,
    installsFor: (tenant) => installs.installsFor(tenant),
    render: (db, about, texts) => renderTexts(merging, db, about, texts),
    rendererOf: (db, about, texts) => textsRendererOf(merging, db, about, texts),
    template: async (db, locationId, id) => (await messageTexts(db, locationId, id)) ?? builderTexts(db, locationId, id),
    outbox: !production,
    mailFrom: mailFrom ?? `no-reply@${new URL(publicUrl ?? 'http://localhost').hostname}`,
    tracking: mailTracking === 'on' ? createTracking(services.secret, () => services.publicUrl) : undefined,
    mailDomain: mailIn?.domain,
    strangers: { settle: settleText },
    contactOf: contactOf(contacts, webhooks.addEvent),
    mailer: smtpUrl === undefined ? undefined : createMailer(smtpUrl),
  }
  const fetcher = createFetcher({ allowLoopback: !production }, { mostBytes: 200 * 1_048_576, deadlineMs: 60_000 })
  const talk = createTalk(services, ports, {
    apps: { ownApp: apps.ownApp, urlFault: (url) => webhookUrlFault(url, production), logoFault },
    blobs,
    mailIn: mailIn && { settings: mailIn, limits: createRateLimits('on') },
    publicUrl: () => services.publicUrl,
    openFile: async (url, locationId) => (await ownFile(blobs, services.publicUrl, url, locationId)) ?? fetcher.fetch(url),
  })
  webhooks.onDead(async (dead) => {
    for (const { type, body, status, error } of dead)
      if (type === 'ProviderOutboundMessage') await talk.undelivered(body, status, error)
  })
  const { outbox, mailFrom: from, mailer } = ports
  const notices = createNotices(services, { reached: usersReached, outbox, mailFrom: from, mailer, text: talk.textStranger })
  return {
    ...talk,
    notices,
    implementations: [...talk.implementations, ...notices.implementations],
    start: async () => {
      await talk.start()
      notices.start()
    },
    stop: async () => {
      await notices.stop()
      await talk.stop()
      await fetcher.close()
    },
  }
}
