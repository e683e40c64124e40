import { createTalk, type Talk, type TalkPorts } from '../crm/conversations/index.js'
import { type MergePorts, renderTexts } from '../crm/merge-fields/index.js'
import { messageTexts } from '../crm/templates/index.js'
import type { Identity } from '../identity/index.js'
import { type Apps, type Installs, webhookUrlFault } from '../marketplace/index.js'
import type { Services } from '../services.js'
import type { Webhooks } from '../webhooks/index.js'

interface TalkRooms {
  readonly identity: Pick<Identity, 'location'>
  readonly installs: Pick<Installs, 'installsFor'>
  readonly apps: Pick<Apps, 'ownApp'>
  readonly webhooks: Pick<Webhooks, 'addEvent' | 'wake'>
  readonly merging: MergePorts
}

/** Ties conversations to the rooms that they ask. */
export const talkRooms = (services: Services, { identity, installs, apps, webhooks, merging }: TalkRooms): Talk => {
  const { production } = services.config
  const ports: TalkPorts = {
    addEvent: webhooks.addEvent,
    wake: webhooks.wake,
    location: identity.location,
    installsFor: (tenant) => installs.installsFor(tenant),
    render: (db, about, texts) => renderTexts(merging, db, about, texts),
    template: messageTexts,
    outbox: !production,
    mailFrom: `no-reply@${new URL(services.config.publicUrl ?? 'http://localhost').hostname}`,
  }
  return createTalk(services, ports, { ownApp: apps.ownApp, urlFault: (url) => webhookUrlFault(url, production) })
}
