import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allOperations, scopes } from '@groundlevel/contracts'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { readConfig } from '../config.js'
import { openDatabase, openPool } from '../database/pool.js'
import type { Tables } from '../database/tables.js'
import { mount } from '../http/mount.js'
import { createPages } from '../http/pages.js'
import { createRateLimits } from '../http/rate-limits.js'
import { createServer } from '../http/server.js'
import { createIdentity, type Identity, type NewUser } from '../identity/index.js'
import { loadSigningKeys, type SigningKeys } from '../keys/index.js'
import { type Clock, createClock } from '../lab/clock.js'
import { type Apps, type AppSettings, createApps } from '../marketplace/apps/index.js'
import { createInstalls, type Installs, installsModule } from '../marketplace/installs/index.js'
import { authorizeRoutes, createOAuth, type OAuth, oauthModule } from '../oauth/index.js'
import { createTimeline } from '../timeline/index.js'
import { addEvent } from '../webhooks/outbox/outbox.sql.js'
import { type ClonedDatabase, cloneDatabase } from './database.js'

/** The authorization server over real rooms and a real database, with people, agencies and apps to play with. */
export interface OAuthWorld {
  readonly app: FastifyInstance
  readonly db: Kysely<Tables>
  readonly clock: Clock
  readonly identity: Identity
  readonly apps: Apps
  readonly installs: Installs
  readonly oauth: OAuth
  readonly keys: SigningKeys
  readonly publicUrl: string
  readonly said: string[]
  readonly north: Agency
  readonly south: Agency
  newApp(settings?: Partial<AppSettings>): Promise<TestApp>
  /** Signs somebody in and hands their cookie out. */
  signIn(person: TestPerson): Promise<string>
  /** Everything logged so far is in the database. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface TestPerson {
  readonly accountId: string
  readonly userId: string
  readonly email: string
}

export interface Agency {
  readonly id: string
  readonly locations: readonly string[]
  readonly owner: TestPerson
  readonly admin: TestPerson
  /** Works for the agency without deciding for it. */
  readonly helper: TestPerson
  /** User of the first sub-account. */
  readonly local: TestPerson
}

export interface TestApp {
  readonly id: string
  readonly versionId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
}

const subAccountScopes = scopes.filter((scope) => !scope.agencyOnly).map((scope) => scope.name)

const template = (name: string): AppSettings => ({
  name,
  appType: 'public',
  listingType: 'standard',
  targetUser: 'location',
  whoCanInstall: 'both',
  bulkInstall: true,
  allowLocationInstall: false,
  tagline: 'A tagline',
  description: '',
  categories: [],
  companyName: 'Lab',
  website: '',
  supportEmail: 'support@lab.example',
  supportPhone: '',
  logo: '',
  requirePkce: false,
  redirectUris: ['https://app.example/oauth/callback'],
  webhookUrl: '',
  scopes: subAccountScopes,
})

const page = '<meta name="interaction" content="__INTERACTION__"><meta name="authorize-error" content="__AUTHORIZE_ERROR__">'

const webDirOf = () => {
  const dir = mkdtempSync(join(tmpdir(), 'groundlevel-web-'))
  writeFileSync(join(dir, 'index.html'), page)
  return dir
}

const openWorld = async (database: ClonedDatabase, publicUrl: string) => {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const pool = await openPool(database.connection, { max: 12, onError: () => {} })
  const db = openDatabase(pool)
  const clock = createClock()
  const config = readConfig({ 'public-url': publicUrl }, {})
  const services = { config, publicUrl, clock, pool, db, secret: Buffer.alloc(32, 7), say }
  const identity = createIdentity(services)
  const apps = createApps(services, identity)
  const timeline = createTimeline(services)
  const installs = createInstalls(services, timeline)
  const keys = await loadSigningKeys(services)
  const parts = { people: identity, apps, installs, keys, log: timeline }
  const oauth = await createOAuth(services, parts)
  return { services, identity, apps, timeline, installs, keys, parts, oauth, said, db, pool, clock, publicUrl, config }
}

type Opened = Awaited<ReturnType<typeof openWorld>>

const serve = async ({ services, identity, apps, timeline, installs, parts, oauth, db, clock }: Opened) => {
  const { say } = services
  const limits = createRateLimits('off')
  const implementations = [
    ...oauthModule(services, parts, oauth),
    ...installsModule(installs, { people: identity, apps, countContacts: async () => new Map() }),
  ]
  const served = allOperations.filter((operation) => implementations.some((each) => each.operation.key === operation.key))
  const app = createServer({ trustProxy: [], limits, operations: served, say })
  mount(app, served, {
    clock,
    db,
    limits,
    implementations,
    addEvent,
    record: (row) => timeline.record(row as Parameters<typeof timeline.record>[0]),
    replyChecking: 'always',
    say,
    companyOfLocation: async (id) => (await identity.location(id))?.companyId,
    authenticators: { cookieName: identity.cookieName, session: identity.accountOf, token: oauth.authenticate },
  })
  await app.register(authorizeRoutes(services, parts, createPages(webDirOf())))
  await app.ready()
  return app
}

const peopled = async ({ identity, db, clock }: Opened, name: string): Promise<Agency> => {
  const now = clock.now()
  const id = await identity.createCompany(db, { name: `${name} Agency`, email: `hello@${name}.example` }, now)
  const cities = ['Portland', 'Denver', 'Austin']
  const locations: string[] = []
  for (const city of cities) locations.push(await identity.createLocation(db, { companyId: id, name: `${name} ${city}`, city }, now))
  const person = async (role: string, user: Omit<NewUser, 'companyId' | 'accountId' | 'firstName' | 'lastName' | 'email'>): Promise<TestPerson> => {
    const email = `${role}@${name}.example`
    const accountId = await identity.createAccount(db, { email, name: `${name} ${role}`, passwordHash: 'none' }, now)
    const userId = await identity.createUser(db, { companyId: id, accountId, firstName: name, lastName: role, email, ...user }, now)
    return { accountId, userId, email }
  }
  return {
    id,
    locations,
    owner: await person('owner', { type: 'agency', role: 'admin', isOwner: true }),
    admin: await person('admin', { type: 'agency', role: 'admin' }),
    helper: await person('helper', { type: 'agency', role: 'user' }),
    local: await person('local', { type: 'account', role: 'user', locationIds: locations.slice(0, 1) }),
  }
}

export const oauthWorld = async (publicUrl = 'http://127.0.0.1:4000'): Promise<OAuthWorld> => {
  const database = await cloneDatabase()
  const opened = await openWorld(database, publicUrl)
  const { identity, apps, db, clock, timeline, oauth } = opened
  const app = await serve(opened)
  await oauth.start()
  const developer = await identity.createAccount(db, { email: 'dev@lab.example', name: 'Dev', passwordHash: 'none' }, clock.now())
  const developerId = await identity.createDeveloper(db, 'Lab', developer, clock.now())
  let number = 0

  return {
    ...opened,
    app,
    north: await peopled(opened, 'north'),
    south: await peopled(opened, 'south'),
    newApp: async (settings = {}) => {
      const made = await apps.createApp(db, developerId, { ...template(`App ${++number}`), ...settings }, clock.now())
      const { key, clientSecret } = await apps.createKey(db, made.id, 'key', clock.now())
      const redirectUri = made.redirectUris[0] ?? ''
      return { id: made.id, versionId: made.versionId, clientId: key.clientId, clientSecret, redirectUri, scopes: made.scopes }
    },
    signIn: async ({ accountId }) => `${identity.cookieName}=${await identity.sessions.open(db, accountId, clock.now(), undefined)}`,
    flush: () => timeline.flush(),
    close: async () => {
      await app.close()
      await oauth.stop()
      await timeline.stop()
      await db.destroy()
      await database.drop()
    },
  }
}
