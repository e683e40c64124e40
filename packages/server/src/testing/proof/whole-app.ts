import { allOperations } from '@groundlevel/contracts'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { openEverything } from '../../boot/database.js'
import { readConfig } from '../../config.js'
import type { Tables } from '../../database/tables.js'
import { mount } from '../../http/mount.js'
import type { Person, Principal } from '../../http/principal.js'
import { createRateLimits } from '../../http/rate-limits.js'
import { createServer } from '../../http/server.js'
import { loadShapeCompiler } from '../../http/validate/shape-check.js'
import { newHexId } from '../../ids.js'
import { createClock } from '../../lab/clock.js'
import * as world from '../../lab/demo/world.js'
import { createRooms, type Rooms } from '../../rooms.js'
import type { Services } from '../../services.js'
import { cloneDatabase } from '../database.js'
import { scratchFolder } from '../scratch.js'

/** A sub-account with what its tokens need; `companyId` is its agency's. */
export interface Tenant {
  readonly name: string
  readonly companyId: string
  readonly locationId: string
  readonly userId: string
  readonly accountId: string
  readonly developerId: string
  readonly appId: string
  readonly installId: string
  /** Conversation providers of the app; the sub-account has chosen those of SMS and e-mail. */
  readonly providers: Readonly<Record<'Call' | 'Email' | 'SMS', string>>
  /** Tokens by class; both come from the app's install. */
  readonly tokens: Readonly<Record<Principal['actor'], string>>
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** Every room and every handler on a database of their own; tokens are made by hand, and no worker runs. */
export interface WholeApp {
  readonly app: FastifyInstance
  readonly db: Kysely<Tables>
  readonly said: string[]
  /** An agency with one sub-account, or one more sub-account of an agency that is there. */
  addTenant(name: string, companyId?: string): Promise<Tenant>
  /** A cookie that this person is signed in with. */
  session(person: Person): string
  send(method: string, url: string, headers: Record<string, string>, payload?: string | Buffer): Promise<Answer>
  /** Fan-out and delivery work from then on. */
  startWebhooks(): void
  /** Answers on a port of its own from then on. */
  listen(): Promise<string>
  close(): Promise<void>
}

const open = async (said: string[]) => {
  const database = await cloneDatabase()
  const flags = { port: '0', data: scratchFolder(), 'database-url': database.url, 'rate-limits': 'off', seed: 'none' }
  const config = readConfig(flags, {})
  const say = (line: string) => void said.push(line)
  const { pool, db, lookups, close } = await openEverything(config, say)
  const publicUrl = 'http://127.0.0.1:4000'
  const services: Services = { config, publicUrl, clock: createClock(), pool, db, secret: Buffer.alloc(32, 7), say }
  const rooms = await createRooms(services, { lookups, version: '0.0.0' })
  const end = async () => {
    await rooms.stop()
    await close()
    await database.drop()
  }
  return { services, rooms, end }
}

const serve = (
  { config, clock, db, publicUrl, say }: Services,
  rooms: Rooms,
  principals: ReadonlyMap<string, Principal>,
  people: ReadonlyMap<string, Person>,
) => {
  const limits = createRateLimits('off')
  const app = createServer({ trustProxy: config.trustProxy, limits, operations: allOperations, say })
  mount(app, allOperations, {
    clock,
    db,
    limits,
    say,
    implementations: rooms.implementations,
    assigned: rooms.assigned,
    replyChecking: 'always',
    record: () => {},
    companyOfLocation: async (id) => (await rooms.identity.location(id))?.companyId,
    outbox: { addEvent: rooms.webhooks.addEvent, addEvents: rooms.webhooks.addEvents },
    wake: () => {},
    authenticators: {
      cookieName: rooms.identity.cookieName,
      publicUrl: () => publicUrl,
      session: async (cookie) => people.get(cookie),
      token: (token, now) => principals.get(token) ?? rooms.oauth.authenticate(token, now),
    },
  })
  return app
}

const scopes = new Set(allOperations.map(({ scope }) => scope))

/** A principal of either class for one install: what a token says, without a token. */
const principalOf = (actor: Principal['actor'], tenant: Omit<Tenant, 'tokens'>): Principal => ({
  actor,
  source: 'oauth',
  companyId: tenant.companyId,
  ...(actor === 'location' ? { locationId: tenant.locationId } : {}),
  userId: tenant.userId,
  appId: tenant.appId,
  versionId: tenant.appId,
  clientId: `${tenant.appId}-abcdefgh`,
  installId: tenant.installId,
  tokenId: newHexId(),
  scopes,
  bucket: newHexId(),
})

/** Agency, sub-account, owner, user of the sub-account, app and install: straight into the rooms, as a consent would. */
const settle = async ({ services, rooms }: Awaited<ReturnType<typeof open>>, name: string, agency?: string) => {
  const { db, clock } = services
  const { identity, apps, installs } = rooms
  const now = clock.now()
  return db.transaction().execute(async (on) => {
    const companyId = agency ?? (await identity.createCompany(on, { ...world.company, name: `${name} agency` }, now))
    const location = { ...world.locations[1], companyId, name: `${name} branch` } as Parameters<typeof identity.createLocation>[1]
    const locationId = await identity.createLocation(on, location, now)
    const email = `${name}@people.example`
    const accountId = await identity.createAccount(on, { email, name: `${name} person`, passwordHash: 'none' }, now)
    const person = { companyId, firstName: name, lastName: 'person', locationIds: [locationId], isOwner: false } as const
    const userId = await identity.createUser(on, { ...person, accountId, email, type: 'account', role: 'admin' }, now)
    const owner = { ...person, locationIds: [], email: `owner-${email}`, type: 'agency', role: 'admin', isOwner: true } as const
    if (!agency) await identity.createUser(on, { ...owner, accountId: await ownerOf(identity, on, name, now) }, now)
    const developerId = await identity.createDeveloper(on, name, accountId, now)
    const app = await apps.createApp(on, developerId, { ...world.leadRouter, name: `${name} app` }, now)
    const providers = await addProviders(on, app.id, locationId, now)
    const traceId = newHexId()
    const emit = async (type: string, record: object, about: object) => {
      await rooms.webhooks.addEvent(on, {
        type,
        companyId,
        locationId,
        payloadText: JSON.stringify(record),
        traceId,
        now,
        ...about,
      })
    }
    const work = { db: on, now, traceId, afterCommit: () => {}, emit }
    const company = { id: companyId, name: `${name} agency`, isWhitelabel: false }
    const grant = { kind: 'bulk', locationIds: [locationId], userId, company, appId: app.id, versionId: app.versionId } as const
    const { installId } = await installs.add(work, { ...grant, scopes: app.scopes })
    await installs.connect(on, installId, now)
    return { name, companyId, locationId, userId, accountId, developerId, appId: app.id, installId, providers }
  })
}

/** The app's ways of sending, its first two chosen by the sub-account: what lets it tell of messages that came in. */
const addProviders = async (db: Kysely<Tables>, appId: string, locationId: string, now: Date) => {
  const row = { appId, deliveryUrl: 'https://provider.example', custom: false, alwaysShow: false, alias: '', logo: '' }
  const ids = { Call: newHexId(), Email: newHexId(), SMS: newHexId() }
  for (const type of ['Call', 'Email', 'SMS'] as const) {
    const id = ids[type]
    await db
      .insertInto('conversationProviders')
      .values({ ...row, id, type, name: type, dateAdded: now, dateUpdated: now })
      .execute()
    if (type === 'Call') continue
    await db.insertInto('conversationProviderDefaults').values({ locationId, channel: type, providerId: id }).execute()
  }
  return ids
}

const ownerOf = (identity: Rooms['identity'], on: Kysely<Tables>, name: string, now: Date) =>
  identity.createAccount(on, { email: `owner-${name}@people.example`, name: `${name} owner`, passwordHash: 'none' }, now)

export const wholeApp = async (): Promise<WholeApp> => {
  const said: string[] = []
  const opened = await open(said)
  const principals = new Map<string, Principal>()
  const people = new Map<string, Person>()
  const app = serve(opened.services, opened.rooms, principals, people)
  await loadShapeCompiler()
  await app.ready()
  return {
    app,
    db: opened.services.db,
    said,
    addTenant: async (name, companyId) => {
      const tenant = await settle(opened, name, companyId)
      const tokens = { location: newHexId(), agency: newHexId() }
      for (const actor of ['location', 'agency'] as const) principals.set(tokens[actor], principalOf(actor, tenant))
      return { ...tenant, tokens }
    },
    session: (person) => {
      const token = newHexId()
      people.set(token, person)
      return `${opened.rooms.identity.cookieName}=${token}`
    },
    send: async (method, url, headers, payload) => {
      const reply = await app.inject({ method: method as 'GET', url, headers, ...(payload === undefined ? {} : { payload }) })
      return { status: reply.statusCode, text: reply.body }
    },
    startWebhooks: () => opened.rooms.webhooks.start(),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => {
      await app.close()
      await opened.end()
    },
  }
}
