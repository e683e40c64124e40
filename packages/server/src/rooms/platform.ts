import type { Kysely } from 'kysely'
import { createBlobs, openBytes, strayBytesJob } from '../blobs/index.js'
import { contactCounts, sampleContact } from '../crm/contacts/index.js'
import { deliveryUrlsOf } from '../crm/conversations/index.js'
import type { Tables } from '../database/tables.js'
import { healthModule, scopesModule } from '../health.js'
import { forgetKeyedReplies } from '../http/idempotency.sql.js'
import { accountModule, createIdentity, type Identity } from '../identity/index.js'
import { type FirstPairs, loadSigningKeys } from '../keys/index.js'
import { demoPeople } from '../lab/index.js'
import {
  type Apps,
  appsModule,
  broughtBy,
  createApps,
  createInstalls,
  type Installs,
  installsModule,
  storeModule,
  suppliedModule,
} from '../marketplace/index.js'
import { createOAuth, oauthModule } from '../oauth/index.js'
import type { Services } from '../services.js'
import { createTimeline, timelineModule } from '../timeline/index.js'
import { createWebhooks, type WebhookPorts, webhooksModule } from '../webhooks/index.js'

const hourMs = 3_600_000

interface PlatformOptions {
  readonly lookups: Kysely<Tables>
  readonly version: string
  readonly firstPairs?: FirstPairs | undefined
  /** What is shown of the snapshot that an app brings, by the link that leads to it. */
  readonly named: Parameters<typeof broughtBy>[1]
}

type Made = Awaited<ReturnType<typeof roomsOf>>

interface Asked {
  readonly apps: Apps
  readonly installs: Installs
  readonly identity: Identity
}

const webhookPorts = ({ apps, installs, identity }: Asked, lookups: Kysely<Tables>): WebhookPorts => ({
  installsFor: (tenant) => installs.installsFor(tenant),
  install: (installId) => installs.install(installId),
  liveInstalls: (installIds) => installs.liveAmong(installIds),
  installsOfApp: (appId) => installs.ofApp(appId),
  app: apps.app,
  eventSettings: apps.eventSettings,
  deliveryUrls: (appId) => deliveryUrlsOf(lookups, appId),
  developerOwns: apps.developerOwns,
  appIdsOf: apps.appIdsOf,
  companyOf: async (locationId) => (await identity.location(locationId))?.companyId,
  sampleContact: (locationId) => sampleContact(lookups, locationId),
})

const roomsOf = async (services: Services, { lookups, firstPairs, named }: PlatformOptions) => {
  const { db, config } = services
  // What is remembered or asked in the middle of a change goes to a pool of its own.
  const aside: Services = Object.create(services, { db: { value: lookups, enumerable: true } })
  const keys = await loadSigningKeys(services, firstPairs)
  const timeline = createTimeline(services)
  const identity = createIdentity(aside)
  const apps = createApps(aside, identity)
  const installs = createInstalls(aside, timeline)
  const bytes = openBytes(config)
  const blobs = createBlobs({ db: lookups, bytes, publicUrl: () => services.publicUrl })
  const ports = webhookPorts({ apps, installs, identity }, lookups)
  const webhooks = createWebhooks(services, { keys, ports })
  installs.onUninstalled(async (work, removed) => {
    for (const { installId } of removed) await webhooks.cancelForInstall(work.db, installId, work.now)
  })
  const brought = broughtBy(db, named)
  const oauthParts = { people: identity, apps, installs, keys, log: timeline, brought }
  const oauth = await createOAuth(services, oauthParts)
  return { keys, timeline, identity, apps, installs, bytes, blobs, ports, webhooks, brought, oauthParts, oauth }
}

const implementationsOf = (services: Services, version: string, made: Made) => {
  const { db, config } = services
  const { timeline, identity, apps, installs, ports, webhooks, brought, oauthParts, oauth } = made
  const { revokeClient, forgetTokens } = oauth
  const appsParts = { apps, identity, installs, production: config.production, revokeClient, forgetTokens }
  const storeParts = {
    ...appsParts,
    brought,
    // The port is known once the server listens.
    get publicUrl() {
      return services.publicUrl
    },
  }
  return [
    ...healthModule(version),
    ...scopesModule(),
    ...accountModule(services, identity, config.production ? undefined : demoPeople(services, identity)),
    ...appsModule(appsParts),
    ...suppliedModule(appsParts),
    ...storeModule(storeParts),
    ...installsModule(installs, { people: identity, apps, countContacts: (ids) => contactCounts(db, ids) }),
    ...oauthModule(services, oauthParts, oauth),
    ...webhooksModule(ports, webhooks),
    ...timelineModule({ sources: [timeline.source, webhooks.source], appIdsOf: apps.appIdsOf }),
  ]
}

const jobsOf = ({ db }: Services, { timeline, webhooks, bytes, oauth, identity }: Made) => [
  ...timeline.jobs,
  ...webhooks.jobs,
  strayBytesJob(db, bytes),
  { name: 'oauth sweep', everyMs: 60_000, run: async (now: Date) => void (await oauth.sweep(now)) },
  { name: 'expired sessions', everyMs: hourMs, run: async (now: Date) => void (await identity.removeExpiredSessions(now)) },
  {
    name: 'idempotency keys',
    everyMs: hourMs,
    run: async (now: Date) => void (await forgetKeyedReplies(db, new Date(now.getTime() - 24 * hourMs))),
  },
]

/** What stands below the CRM: people, apps and their installs, tokens, webhooks, files, and the log of it all. */
export const platformRooms = async (services: Services, options: PlatformOptions) => {
  const made = await roomsOf(services, options)
  return { ...made, implementations: implementationsOf(services, options.version, made), jobs: jobsOf(services, made) }
}
