import type { Operation } from '@groundlevel/contract-kit'
import { unauthorized } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { AssignedRecords } from '../assigned.js'
import { openDatabase, openPool } from '../database/pool.js'
import type { Tables } from '../database/tables.js'
import type { OutboxEvent } from '../http/context.js'
import type { Implementation } from '../http/implement.js'
import { mount } from '../http/mount.js'
import type { Principal } from '../http/principal.js'
import { createRateLimits } from '../http/rate-limits.js'
import type { CallRecord } from '../http/record.js'
import { createServer } from '../http/server.js'
import type { Authenticators } from '../http/steps/authenticate.js'
import { loadShapeCompiler } from '../http/validate/shape-check.js'
import { newHexId, newId } from '../ids.js'
import { type Clock, createClock } from '../lab/clock.js'
import { cloneDatabase } from './database.js'

/** One module on a real database, its tokens made by hand: what a module's own tests need and no more. */
export interface ModuleApp {
  readonly app: FastifyInstance
  readonly db: Kysely<Tables>
  readonly databaseUrl: string
  readonly clock: Clock
  readonly companyId: string
  readonly locationId: string
  /** A second sub-account of the same agency. */
  readonly otherLocationId: string
  readonly events: OutboxEvent[]
  readonly records: CallRecord[]
  readonly said: string[]
  /** A token that speaks for this principal. */
  token(principal?: Partial<Principal>): string
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}

export interface CallOptions {
  readonly token?: string
  readonly body?: unknown
  /** Sent as multipart/form-data instead of `body`. */
  readonly form?: FormData
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
  readonly body: any
  readonly headers: Record<string, unknown>
}

const settings = JSON.stringify({
  allowDuplicateContact: false,
  allowDuplicateOpportunity: false,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
  contactUniqueIdentifiers: ['email', 'phone'],
})

const addTenants = async (db: Kysely<Tables>, now: Date) => {
  const companyId = newId(now)
  await db.insertInto('companies').values({ id: companyId, name: 'Agency', dateAdded: now }).execute()
  const locations = ['One', 'Two'].map((name) => ({ id: newId(now), companyId, name, country: 'US', settings, dateAdded: now }))
  await db.insertInto('locations').values(locations).execute()
  return { companyId, locationId: locations[0]?.id ?? '', otherLocationId: locations[1]?.id ?? '' }
}

const jsonOf = (body: unknown) =>
  body === undefined ? undefined : { type: 'application/json', payload: typeof body === 'string' ? body : JSON.stringify(body) }

/** A form as a browser would write it, boundary and all. */
export const multipartOf = async (form: FormData) => {
  const written = new Response(form)
  return { type: written.headers.get('content-type') ?? '', payload: Buffer.from(await written.arrayBuffer()) }
}

export const moduleApp = async (
  modules: (parts: { db: Kysely<Tables>; lookups: Kysely<Tables>; clock: Clock }) => readonly Implementation[],
  operations: readonly Operation[] = allOperations,
  session: Authenticators['session'] = async () => undefined,
  /** Routes that are no operations. */
  routes: (app: FastifyInstance, parts: { db: Kysely<Tables>; clock: Clock }) => void = () => {},
  /** Whose records are, for tests of people who see only their own. */
  assigned: Partial<AssignedRecords> = {},
): Promise<ModuleApp> => {
  const database = await cloneDatabase()
  const pool = await openPool(database.connection, { max: 8, onError: () => {} })
  const db = openDatabase(pool)
  const lookups = openDatabase(await openPool(database.connection, { max: 2, onError: () => {} }))
  const clock = createClock()
  const tenants = await addTenants(db, clock.now())
  const events: OutboxEvent[] = []
  const records: CallRecord[] = []
  const said: string[] = []
  const principals = new Map<string, Principal>()
  const limits = createRateLimits('on')
  const implementations = modules({ db, lookups, clock })
  const served = operations.filter((operation) => implementations.some((each) => each.operation.key === operation.key))
  const app = createServer({ trustProxy: [], limits, operations: served, say: (line) => said.push(line) })
  mount(app, served, {
    clock,
    db,
    limits,
    implementations,
    assigned,
    outbox: {
      addEvent: async (_db, event) => events.push(event),
      addEvents: async (_db, event, texts) => events.push(...texts.map((payloadText) => ({ ...event, payloadText }))),
    },
    wake: () => {},
    record: (record) => records.push(record),
    replyChecking: 'always',
    say: (line) => said.push(line),
    companyOfLocation: async (id) =>
      (await db.selectFrom('locations').select('companyId').where('id', '=', id).executeTakeFirst())?.companyId,
    authenticators: {
      cookieName: 'groundlevel',
      publicUrl: () => 'http://127.0.0.1:4000',
      session,
      token: (token) => {
        const principal = principals.get(token)
        if (!principal) throw unauthorized('Invalid JWT')
        return principal
      },
    },
  })
  routes(app, { db, clock })
  await loadShapeCompiler()
  await app.ready()

  const token = (principal: Partial<Principal> = {}) => {
    const text = newHexId()
    principals.set(text, {
      actor: 'location',
      source: 'oauth',
      companyId: tenants.companyId,
      locationId: tenants.locationId,
      appId: newHexId(),
      clientId: `${newHexId()}-abcdefgh`,
      tokenId: newHexId(),
      scopes: new Set(operations.map(({ scope }) => scope)),
      bucket: text,
      ...principal,
    })
    return text
  }
  const everyday = token()

  return {
    app,
    db,
    databaseUrl: database.url,
    clock,
    ...tenants,
    events,
    records,
    said,
    token,
    call: async (method, path, { token: given = everyday, body, form, headers = {} } = {}) => {
      const sent = form ? await multipartOf(form) : jsonOf(body)
      const reply = await app.inject({
        method: method as 'GET',
        url: path,
        headers: {
          authorization: `Bearer ${given}`,
          version: '2021-07-28',
          ...(sent ? { 'content-type': sent.type } : {}),
          ...headers,
        },
        ...(sent ? { payload: sent.payload } : {}),
      })
      return { status: reply.statusCode, body: reply.body ? reply.json() : undefined, headers: reply.headers }
    },
    close: async () => {
      await app.close()
      await Promise.all([db.destroy(), lookups.destroy()])
      await database.drop()
    },
  }
}
