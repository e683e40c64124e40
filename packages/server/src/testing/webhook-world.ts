import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Config, readConfig } from '../config.js'
import { openDatabase, openPool } from '../database/pool.js'
import type { Tables } from '../database/tables.js'
import type { Implementation } from '../http/implement.js'
import { mount } from '../http/mount.js'
import { createRateLimits } from '../http/rate-limits.js'
import { createServer } from '../http/server.js'
import { newHexId, newId, newUuid } from '../ids.js'
import { loadSigningKeys, type SigningKeys } from '../keys/index.js'
import { type Clock, createClock } from '../lab/clock.js'
import type { Services } from '../services.js'
import { createTimeline, type Timeline, timelineModule } from '../timeline/index.js'
import { createWebhooks, type NewEvent, type WebhookPorts, type Webhooks, webhooksModule } from '../webhooks/index.js'
import type { EventSetting, SubscribedApp, Subscriber } from '../webhooks/ports.js'
import { cloneDatabase } from './database.js'
import type { Answer } from './module-app.js'

/** What the marketplace would know; tests write it by hand. */
export interface Installed {
  readonly apps: Map<string, SubscribedApp & { readonly ownerId: string }>
  readonly installs: Map<string, Subscriber & { uninstalled?: boolean }>
  readonly settings: Map<string, EventSetting[]>
  /** Of conversation providers, by app. */
  readonly deliveryUrls: Map<string, readonly string[]>
}

export interface WebhookWorld {
  readonly db: Kysely<Tables>
  readonly clock: Clock
  readonly keys: SigningKeys
  readonly config: Config
  readonly databaseUrl: string
  readonly secret: Buffer
  readonly ports: WebhookPorts
  readonly webhooks: Webhooks
  readonly timeline: Timeline
  readonly installed: Installed
  readonly said: string[]
  readonly companyId: string
  readonly locationId: string
  /** The signed-in developer who owns every app. */
  readonly accountId: string
  addApp(webhookUrl: string): string
  install(appId: string, more?: Partial<Subscriber>): string
  /** A committed event, seen by fan-out at once. */
  emit(more?: Partial<NewEvent>): Promise<string>
  /** A call of the portal, signed in as `accountId` or as somebody else. */
  portal(method: string, path: string, body?: unknown, account?: string): Promise<Answer>
  close(): Promise<void>
}

const portsOf = (
  { apps, installs, settings, deliveryUrls }: Installed,
  companyId: string,
  locationIds: readonly string[],
): WebhookPorts => {
  const live = () => [...installs.values()].filter((each) => !each.uninstalled)
  return {
    installsFor: async (tenant) =>
      live().filter(
        (each) => each.companyId === tenant.companyId && (each.locationId === null || each.locationId === tenant.locationId),
      ),
    install: async (id) => installs.get(id),
    liveInstalls: async (ids) =>
      new Set(
        live()
          .map((each) => each.installId)
          .filter((id) => ids.includes(id)),
      ),
    installsOfApp: async (appId) => live().filter((each) => each.appId === appId),
    app: async (appId) => apps.get(appId),
    eventSettings: async (appId) => settings.get(appId) ?? [],
    deliveryUrls: async (appId) => deliveryUrls.get(appId) ?? [],
    developerOwns: async (accountId, appId) => apps.get(appId)?.ownerId === accountId,
    appIdsOf: async (accountId) => [...apps].filter(([, app]) => app.ownerId === accountId).map(([id]) => id),
    companyOf: async (locationId) => (locationIds.includes(locationId) ? companyId : undefined),
    sampleContact: async (locationId) => ({
      id: newId(new Date(0)),
      locationId,
      firstName: 'Real',
      email: 'real@example.com',
      tags: [],
      dnd: false,
    }),
  }
}

const portalOf = async (services: Services, implementations: readonly Implementation[]) => {
  const operations = implementations.map((each) => each.operation)
  const limits = createRateLimits('off')
  const app = createServer({ trustProxy: [], limits, operations, say: services.say })
  mount(app, operations, {
    clock: services.clock,
    db: services.db,
    limits,
    implementations,
    assigned: {},
    outbox: { addEvent: async () => undefined, addEvents: async () => undefined },
    wake: () => {},
    record: () => {},
    replyChecking: 'always',
    say: services.say,
    companyOfLocation: async () => undefined,
    authenticators: {
      publicUrl: () => '',
      cookieName: 'groundlevel',
      session: async (accountId) => ({ accountId, email: '', name: '', sessionHash: Buffer.alloc(0), places: [] }),
      token: () => {
        throw new Error('these tests have no tokens')
      },
    },
  })
  await app.ready()
  return app
}

/** The webhook and timeline rooms on a database of their own, with a marketplace of maps around them. */
export const webhookWorld = async (more: { readonly deadlineMs?: number } = {}): Promise<WebhookWorld> => {
  const database = await cloneDatabase()
  const pool = await openPool(database.connection, { max: 8, onError: () => {} })
  const db = openDatabase(pool)
  const clock = createClock()
  const said: string[] = []
  const config = readConfig({ data: `/tmp/groundlevel-test-${newHexId()}` }, {})
  const services: Services = {
    config,
    publicUrl: 'http://127.0.0.1',
    clock,
    pool,
    db,
    secret: randomBytes(32),
    say: (line) => said.push(line),
  }
  const keys = await loadSigningKeys(services)
  const [companyId, locationId, accountId] = [newId(clock.now()), newId(clock.now()), newUuid()]
  const installed: Installed = {
    apps: new Map(),
    installs: new Map(),
    settings: new Map(),
    deliveryUrls: new Map(),
  }
  const ports = portsOf(installed, companyId, [locationId])
  const webhooks = createWebhooks(services, { keys, ports, outbound: more })
  const timeline = createTimeline(services)
  const portal = await portalOf(services, [
    ...webhooksModule(ports, webhooks),
    ...timelineModule({ sources: [timeline.source, webhooks.source], appIdsOf: ports.appIdsOf }),
  ])

  return {
    db,
    clock,
    keys,
    config,
    databaseUrl: database.url,
    secret: services.secret,
    ports,
    webhooks,
    timeline,
    installed,
    said,
    companyId,
    locationId,
    accountId,
    addApp: (webhookUrl) => {
      const id = newHexId()
      installed.apps.set(id, { versionId: newHexId(), webhookUrl, ownerId: accountId })
      return id
    },
    install: (appId, about = {}) => {
      const installId = newHexId()
      const versionId = installed.apps.get(appId)?.versionId ?? ''
      const scopes = ['contacts.readonly']
      installed.installs.set(installId, {
        installId,
        appId,
        versionId,
        companyId,
        locationId,
        state: 'connected',
        scopes,
        ...about,
      })
      return installId
    },
    emit: async (about = {}) => {
      const payloadText = JSON.stringify({
        id: newId(clock.now()),
        locationId,
        firstName: 'Ada',
        email: 'ada@example.com',
        tags: ['lead'],
        dnd: false,
      })
      const event = { type: 'ContactCreate', companyId, locationId, payloadText, traceId: newUuid(), now: clock.now(), ...about }
      const id = await db.transaction().execute((transaction) => webhooks.addEvent(transaction, event))
      webhooks.wake()
      return id
    },
    portal: async (method, path, body, account = accountId) => {
      const reply = await portal.inject({
        method: method as 'GET',
        url: path,
        headers: {
          cookie: `groundlevel=${account}`,
          'x-groundlevel': 'portal',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      return { status: reply.statusCode, body: reply.json(), headers: reply.headers }
    },
    close: async () => {
      await webhooks.stop()
      await timeline.stop()
      await portal.close()
      await db.destroy()
      await database.drop()
    },
  }
}
