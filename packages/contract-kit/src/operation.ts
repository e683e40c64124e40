import type { Paging } from './paging.js'
import type { Received, Static, TObject, TSchema } from './shapes.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Token classes: a sub-account's token, an agency's token (wire-contract §2, `sec`). */
export type Actor = 'location' | 'agency'

/** Where a request says which tenant it is about. `token`: nowhere, the token alone decides. */
export type TenantPlace = 'token' | 'query' | 'body' | 'path' | 'alt' | 'origin' | 'company'

/** Kinds of records that are a contact or hang on one; the room that keeps a kind says whose a record of it is. */
export type ContactRecord =
  | 'contact'
  | 'task'
  | 'recurringTask'
  | 'conversation'
  | 'message'
  | 'thread'
  | 'email'
  | 'appointment'
  | 'event'
  | 'submission'
  | 'enrolment'
  | 'order'
  | 'transaction'
  | 'subscription'

/**
 * What a call reaches of contacts, for users who see only what is assigned to them.
 *
 * - `none`: neither contacts nor what hangs on them
 * - `narrowed`: the handler asks `onlyAssignedTo` itself, as lists and searches must
 * - `all`: everybody's contacts at once, so that these users are refused
 * - records by kind, with the names under which path, query and body carry their ids, `forward.messageId` for one within a field:
 *   somebody else's are not there
 */
export type Reach = 'none' | 'narrowed' | 'all' | { readonly [K in ContactRecord]?: readonly string[] }

/** How many files a row takes, and how large each may be. */
export interface FileRules {
  readonly most: number
  readonly bytes: number
}

/** A file as browsers and Node have it (`Blob`, `File`), without asking for the types of either. */
export interface FileLike {
  readonly size: number
  readonly type: string
  readonly name?: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/** What a row says beyond method and path. Everything that a module can default may be left out. */
export interface OperationSpec {
  /** The official operationId, for people who look it up; never a key (11 of them repeat). */
  readonly id: string
  /** One line for the reference page. */
  readonly summary?: string
  readonly query?: TObject
  readonly body?: TObject
  /**
   * Fields of query and body, undocumented, that real programs send along and HighLevel takes: passed over before anything is
   * checked. By name, each with its reason. A field that means something here belongs into `query` or `body` instead.
   */
  readonly tolerates?: Readonly<Record<string, string>>
  /** The body on the wire is a list: handlers find it under this name of `body`, where callers may send it too. */
  readonly list?: string
  readonly reply: TSchema
  /** The success status. Default 200. */
  readonly status?: number
  readonly page?: Paging
  /** Names of events that a success may emit. */
  readonly emits?: readonly string[]
  /** The `Version` that the official document names. Documentation, not routing. */
  readonly version?: string
  /** Under which versions the row answers. Default `both`. */
  readonly on?: 'both' | 'dated' | 'v3'
  /** What v3 changes: the path, and snake_case names to camelCase. */
  readonly v3?: { readonly path?: string; readonly casing?: 'camel' }
  readonly actors?: readonly Actor[]
  /** Refuses private integration tokens (`*-Access-Only` in the specification). */
  readonly oauthOnly?: boolean
  /** `token` (default), `session` for our own portal, `none` with `because`. */
  readonly auth?: 'token' | 'session' | 'none'
  /** Scope family; `.readonly` or `.write` is added by `effect`. A name with a dot is taken whole. Empty needs `because`. */
  readonly scope?: string
  /** Why there is no scope or no authentication. */
  readonly because?: string
  readonly tenant?: TenantPlace
  /** Said by the row, its resource or its module; nothing is assumed. Only calls with a token have it. */
  readonly reaches?: Reach
  /** Whether it changes anything. Default: GET reads, everything else writes. */
  readonly effect?: 'read' | 'write'
  /** `Version` header may be absent (live facts: all of `/oauth/*`). */
  readonly versionOptional?: boolean
  /** Not in the official API: answers `x-extension: true`. */
  readonly extension?: boolean
  /** Accepts `application/x-www-form-urlencoded` beside JSON. */
  readonly form?: boolean
  /**
   * Takes files: the request is `multipart/form-data`, its text parts are the fields of `body`, JSON is refused with 415.
   * The tenant must stand in the address.
   */
  readonly files?: FileRules
}

/** A row as written: method, path relative to its resource, and the rest. */
export interface Row<M extends Method = Method, P extends string = string, S extends OperationSpec = OperationSpec> {
  readonly method: M
  readonly path: P
  readonly spec: S
}

const row =
  <M extends Method>(method: M) =>
  <const P extends string, const S extends OperationSpec>(path: P, spec: S): Row<M, P, S> => ({ method, path, spec })

export const GET = row('GET')
export const POST = row('POST')
export const PUT = row('PUT')
export const PATCH = row('PATCH')
export const DELETE = row('DELETE')

/** A row with every default filled in: what server, client, documents and tests read. */
export interface Operation<P extends string = string, S extends OperationSpec = OperationSpec> {
  /** `module.resource.name`, unique in the whole product. */
  readonly key: string
  readonly module: string
  readonly method: Method
  readonly path: P
  readonly id: string
  readonly summary: string
  readonly version: string
  readonly on: 'both' | 'dated' | 'v3'
  readonly v3?: { readonly path?: string; readonly casing?: 'camel' }
  readonly actors: readonly Actor[]
  readonly oauthOnly: boolean
  readonly auth: 'token' | 'session' | 'none'
  /** The whole scope name, or '' where none is asked for. */
  readonly scope: string
  readonly because?: string
  readonly tenant: TenantPlace
  readonly undefinedTenant: boolean
  readonly reaches: Reach
  readonly effect: 'read' | 'write'
  readonly versionOptional: boolean
  readonly extension: boolean
  readonly form: boolean
  readonly files?: FileRules
  readonly query?: S['query']
  readonly body?: S['body']
  readonly tolerates?: Readonly<Record<string, string>>
  readonly list?: string
  readonly reply: S['reply']
  readonly status: number
  readonly page?: Paging
  readonly emits: readonly string[]
  /** Types only. */
  readonly spec: S
}

/** Names after a colon in a path. */
export type PathNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

type PathInput<P extends string> = { [K in PathNames<P>]: string }
type BodyOf<S extends OperationSpec> = S['body'] extends TObject ? S['body'] : never
type QueryOf<S extends OperationSpec> = S['query'] extends TObject ? S['query'] : never
type Filled<Q> = Record<never, never> extends Q ? { query?: Q } : { query: Q }
type FilledBody<B> = Record<never, never> extends B ? { body?: B } : { body: B }

/** What a caller gives: path names at the top, `query`, `body`, `files` by the names of their parts. */
export type Input<O> =
  O extends Operation<infer P, infer S>
    ? PathInput<P> &
        ([QueryOf<S>] extends [never] ? unknown : Filled<Static<QueryOf<S>>>) &
        ([BodyOf<S>] extends [never] ? unknown : FilledBody<Static<BodyOf<S>>>) &
        (S['files'] extends FileRules ? { files: Readonly<Record<string, FileLike>> } : unknown)
    : never

/** What a handler gets: the same, with every default filled in. */
export type Given<O> =
  O extends Operation<infer P, infer S>
    ? PathInput<P> & {
        query: [QueryOf<S>] extends [never] ? Record<never, never> : Received<QueryOf<S>>
        body: [BodyOf<S>] extends [never] ? Record<never, never> : Received<BodyOf<S>>
      }
    : never

/** What comes back. */
export type Reply<O> = O extends Operation<string, infer S> ? Static<S['reply']> : never

/** The event names an operation may emit. */
export type Emits<O> =
  O extends Operation<string, infer S> ? (S['emits'] extends readonly (infer E extends string)[] ? E : never) : never
