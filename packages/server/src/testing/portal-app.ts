import type { AssignedRecords } from '../assigned.js'
import type { Implementation } from '../http/implement.js'
import { accountModule, createIdentity, type DemoPerson, type Identity } from '../identity/index.js'
import type { NewUser } from '../identity/people.js'
import {
  type Apps,
  type AppsParts,
  appsModule,
  createApps,
  createInstalls,
  type Installs,
  storeModule,
} from '../marketplace/index.js'
import { familiesOf } from '../oauth/access/families.sql.js'
import { type Answer, type ModuleApp, moduleApp } from './module-app.js'

export interface Answered extends Answer {
  /** The `Set-Cookie` values. */
  readonly cookies: readonly string[]
}

/** A browser on the portal: keeps its cookie, and sends the header that only our own pages can. */
export interface Browser {
  cookie: string
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
}

export interface PortalApp extends ModuleApp {
  readonly identity: Identity
  readonly apps: Apps
  readonly installs: Installs
  browser(): Browser
  /** A browser signed up as a developer of this name. */
  developer(name: string): Promise<Browser>
  /** The same, and a user with this account: of the first sub-account, with the role `user`, unless `more` says otherwise. */
  user(name: string, more?: Partial<NewUser>): Promise<{ readonly browser: Browser; readonly id: string }>
}

export interface PortalOptions {
  readonly production?: boolean
  readonly publicUrl?: string
  readonly people?: readonly DemoPerson[]
  readonly assigned?: Partial<AssignedRecords>
  readonly more?: (parts: { identity: Identity; apps: Apps; installs: Installs }) => readonly Implementation[]
}

const cookieOf = (set: string) => (/Max-Age=0/.test(set) ? '' : (set.split(';')[0] ?? ''))

const browserOf = (on: ModuleApp): Browser => {
  const browser: Browser = {
    cookie: '',
    send: async (method, path, body, headers = {}) => {
      const reply = await on.app.inject({
        method: method as 'GET',
        url: path,
        headers: {
          host: '127.0.0.1:4000',
          'x-groundlevel': 'portal',
          ...(browser.cookie ? { cookie: browser.cookie } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const cookies = [reply.headers['set-cookie'] ?? []].flat()
      for (const set of cookies) browser.cookie = cookieOf(set)
      return { status: reply.statusCode, body: reply.json(), headers: reply.headers, cookies }
    },
  }
  return browser
}

/** What a set-up code is derived from in tests. */
export const testSecret = Buffer.alloc(32, 7)

/** Identity, My Apps and the store on a real database. */
export const portalApp = async ({
  production = false,
  publicUrl,
  people = [],
  assigned,
  more,
}: PortalOptions = {}): Promise<PortalApp> => {
  let identity: Identity | undefined
  let apps: Apps | undefined
  let installs: Installs | undefined
  const config = { publicUrl, production }
  const on = await moduleApp(
    ({ db }) => {
      identity = createIdentity({ db, config })
      apps = createApps({ db, say: () => {} }, identity)
      installs = createInstalls({ db }, { token: () => {}, tokenIn: async () => {} })
      const grants: Pick<AppsParts, 'revokeClient' | 'forgetTokens'> = {
        revokeClient: async (on, clientId, because, now) => void (await familiesOf(on).endOfClient(clientId, because, now)),
        forgetTokens: () => {},
      }
      const parts = { ...grants, apps, identity, installs, production, publicUrl: publicUrl ?? 'http://127.0.0.1:4000' }
      const portal = [
        ...accountModule({ config, secret: testSecret }, identity, async () => people),
        ...appsModule(parts),
        ...storeModule({ ...parts, brought: async () => null }),
      ]
      return [...portal, ...(more?.({ identity, apps, installs }) ?? [])]
    },
    undefined,
    async (token, now) => identity?.accountOf(token, now),
    undefined,
    assigned,
  )
  if (!identity || !apps || !installs) throw new Error('The portal was not made')
  const rooms = { identity, apps, installs }
  const developer = async (name: string) => {
    const browser = browserOf(on)
    const email = `${name.toLowerCase().replace(/\W/g, '.')}@dev.example`
    const { status } = await browser.send('POST', '/_ground/accounts', { name, email, password: 'correct horse' })
    if (status !== 201) throw new Error(`${name} could not sign up`)
    return browser
  }
  const user: PortalApp['user'] = async (name, more) => {
    const browser = await developer(name)
    const accountId = (await browser.send('GET', '/_ground/session')).body.account.id
    const usual = { companyId: on.companyId, type: 'account', role: 'user', locationIds: [on.locationId] } as const
    const said = { accountId, firstName: name, lastName: 'Ray', email: `${name.toLowerCase()}@users.example` }
    return { browser, id: await rooms.identity.createUser(on.db, { ...usual, ...said, ...more }, on.clock.now()) }
  }
  return { ...on, ...rooms, browser: () => browserOf(on), developer, user }
}
