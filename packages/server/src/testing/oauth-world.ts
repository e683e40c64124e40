import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scopes } from '@groundlevel/contracts'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { Blobs } from '../blobs/index.js'
import { readConfig } from '../config.js'
import { openDatabase, openPool } from '../database/pool.js'
import type { Tables } from '../database/tables.js'
import { createApp } from '../http/app.js'
import type { Identity, NewUser } from '../identity/index.js'
import type { SigningKeys } from '../keys/index.js'
import { type Clock, createClock } from '../lab/clock.js'
import type { AppSettings, Apps } from '../marketplace/apps/index.js'
import type { Installs } from '../marketplace/installs/index.js'
import type { OAuth } from '../oauth/index.js'
import { createRooms } from '../rooms.js'
import type { Services } from '../services.js'
import type { Timeline } from '../timeline/index.js'
import { type ClonedDatabase, cloneDatabase } from './database.js'
import { scratchFolder } from './scratch.js'

/** The authorization server over real rooms and a real database, with people, agencies and apps to play with. */
export interface OAuthWorld {
  readonly app: FastifyInstance
  readonly db: Kysely<Tables>
  readonly clock: Clock
  readonly identity: Identity
  readonly apps: Apps
  readonly installs: Installs
  readonly oauth: OAuth
  readonly timeline: Timeline
  readonly keys: SigningKeys
  readonly blobs: Blobs
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

const openWorld = async (database: ClonedDatabase, publicUrl: string, extensions: 'on' | 'off') => {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const pool = await openPool(database.connection, { max: 12, onError: () => {} })
  const lookups = openDatabase(await openPool(database.connection, { max: 4, onError: () => {} }))
  const config = readConfig(
    { data: scratchFolder(), 'public-url': publicUrl, 'rate-limits': 'off', seed: 'none', extensions },
    {},
  )
  const services: Services = {
    config,
    publicUrl,
    clock: createClock(),
    pool,
    db: openDatabase(pool),
    secret: Buffer.alloc(32, 7),
    say,
  }
  const rooms = await createRooms(services, { lookups, version: 'test' })
  const app = createApp(services, rooms, { webDir: webDirOf(), replyChecking: 'always' })
  await app.ready()
  await rooms.oauth.start()
  const close = async () => {
    await app.close()
    await rooms.oauth.stop()
    await rooms.timeline.stop()
    await lookups.destroy()
    await services.db.destroy()
    await database.drop()
  }
  return { ...services, ...rooms, app, said, publicUrl, close }
}

type Opened = Awaited<ReturnType<typeof openWorld>>

const peopled = async ({ identity, db, clock }: Opened, name: string): Promise<Agency> => {
  const now = clock.now()
  const id = await identity.createCompany(db, { name: `${name} Agency`, email: `hello@${name}.example` }, now)
  const cities = ['Portland', 'Denver', 'Austin']
  const locations: string[] = []
  for (const city of cities)
    locations.push(await identity.createLocation(db, { companyId: id, name: `${name} ${city}`, city }, now))
  const person = async (
    role: string,
    user: Omit<NewUser, 'companyId' | 'accountId' | 'firstName' | 'lastName' | 'email'>,
  ): Promise<TestPerson> => {
    const email = `${role}@${name}.example`
    const accountId = await identity.createAccount(db, { email, name: `${name} ${role}`, passwordHash: 'none' }, now)
    const userId = await identity.createUser(
      db,
      { companyId: id, accountId, firstName: name, lastName: role, email, ...user },
      now,
    )
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

export const oauthWorld = async (publicUrl = 'http://127.0.0.1:4000', extensions: 'on' | 'off' = 'on'): Promise<OAuthWorld> => {
  const database = await cloneDatabase()
  const opened = await openWorld(database, publicUrl, extensions)
  const { identity, apps, db, clock, timeline } = opened
  const developer = await identity.createAccount(db, { email: 'dev@lab.example', name: 'Dev', passwordHash: 'none' }, clock.now())
  const developerId = await identity.createDeveloper(db, 'Lab', developer, clock.now())
  let number = 0

  return {
    ...opened,
    north: await peopled(opened, 'north'),
    south: await peopled(opened, 'south'),
    newApp: async (settings = {}) => {
      const made = await apps.createApp(db, developerId, { ...template(`App ${++number}`), ...settings }, clock.now())
      const { key, clientSecret } = await apps.createKey(db, made.id, 'key', clock.now())
      const redirectUri = made.redirectUris[0] ?? ''
      return { id: made.id, versionId: made.versionId, clientId: key.clientId, clientSecret, redirectUri, scopes: made.scopes }
    },
    signIn: async ({ accountId }) =>
      `${identity.cookieName}=${await identity.sessions.open(db, accountId, clock.now(), undefined)}`,
    flush: () => timeline.flush(),
  }
}
