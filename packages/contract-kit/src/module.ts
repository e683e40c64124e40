import type { Actor, Operation, OperationSpec, Reach, Row, TenantPlace } from './operation.js'
import type { TObject } from './shapes.js'

/** What every row of a module shares unless it says otherwise. */
export interface ModuleDefaults {
  readonly name: string
  readonly version?: string
  readonly actors?: readonly Actor[]
  readonly scope?: string
  readonly because?: string
  readonly auth?: 'token' | 'session' | 'none'
  readonly tenant?: TenantPlace
  /** Who names no sub-account is told which field is undefined, by 422 and not by 403 (recorded of some families). */
  readonly undefinedTenant?: boolean
  readonly reaches?: Reach
  readonly versionOptional?: boolean
}

/** What every row of a resource shares unless it says otherwise. */
export type ResourceDefaults = Pick<ModuleDefaults, 'reaches'>

/** Rows of one resource, with their defaults filled in, by name. */
export type Resource<B extends string, R extends Record<string, Row>> = {
  readonly [K in keyof R]: Operation<`${B}${R[K]['path']}`, R[K]['spec']>
}

export type AnyResource = Readonly<Record<string, Operation>>

const fullScope = (scope: string, effect: 'read' | 'write') => {
  if (scope === '' || scope.includes('.')) return scope
  return `${scope}.${effect === 'read' ? 'readonly' : 'write'}`
}

const fieldsOf = (shape: TObject | undefined) => Object.keys(shape?.properties ?? {})

const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

const namesContact = (path: string, { query, body }: OperationSpec) =>
  [...namesIn(path), ...fieldsOf(query), ...fieldsOf(body)].some((name) => name === 'contactId' || name === 'contactIds')

/** A module's word does not cover rows that name a contact: those are looked at one by one. */
const reachOf = (module: ModuleDefaults, resource: ResourceDefaults, key: string, path: string, spec: OperationSpec): Reach => {
  const said = spec.reaches ?? resource.reaches ?? (namesContact(path, spec) ? undefined : module.reaches)
  if (said !== undefined) return said
  throw new Error(
    `${key}: an operation says what it reaches of contacts (reaches: 'none', 'narrowed', 'all', or records by kind)`,
  )
}

const fill = (module: ModuleDefaults, resource: ResourceDefaults, key: string, { method, path, spec }: Row): Operation => {
  const effect = spec.effect ?? (method === 'GET' ? 'read' : 'write')
  const auth = spec.auth ?? module.auth ?? 'token'
  const scope = auth === 'token' ? fullScope(spec.scope ?? module.scope ?? '', effect) : ''
  const because = spec.because ?? module.because
  if (scope === '' && !because) throw new Error(`${key}: an operation without a scope says why (because: …)`)
  if (spec.files && (spec.tenant ?? module.tenant) === 'body')
    throw new Error(`${key}: files come after the tenant is known, so it stands in the path or the query`)
  return {
    key,
    module: module.name,
    method,
    path: path === '' ? '/' : path,
    id: spec.id,
    summary: spec.summary ?? '',
    version: spec.version ?? module.version ?? '',
    on: spec.on ?? 'both',
    ...(spec.v3 ? { v3: spec.v3 } : {}),
    actors: spec.actors ?? module.actors ?? ['location'],
    oauthOnly: spec.oauthOnly ?? false,
    auth,
    scope,
    ...(because ? { because } : {}),
    tenant: spec.tenant ?? module.tenant ?? 'token',
    undefinedTenant: module.undefinedTenant ?? false,
    reaches: auth === 'token' ? reachOf(module, resource, key, path, spec) : 'none',
    effect,
    versionOptional: spec.versionOptional ?? module.versionOptional ?? auth !== 'token',
    extension: spec.extension ?? false,
    form: spec.form ?? false,
    ...(spec.files ? { files: spec.files } : {}),
    query: spec.query,
    body: spec.body,
    ...(spec.tolerates ? { tolerates: spec.tolerates } : {}),
    ...(spec.list ? { list: spec.list } : {}),
    reply: spec.reply,
    status: spec.status ?? 200,
    ...(spec.page ? { page: spec.page } : {}),
    emits: spec.emits ?? [],
    spec,
  }
}

/**
 * A module: defaults, and resources that repeat none of them.
 *
 * @throws Error at import when a row has neither scope nor a reason, or does not say what it reaches: a promise that nobody
 *   made must not be served; or when it takes files and looks for its tenant in the body.
 */
export const apiModule = (defaults: ModuleDefaults) => ({
  ...defaults,
  /** A resource named `name` whose rows' paths begin with `base`. */
  resource: <const B extends string, R extends Record<string, Row>>(
    name: string,
    base: B,
    rows: R,
    shared: ResourceDefaults = {},
  ): Resource<B, R> =>
    Object.fromEntries(
      Object.entries(rows).map(([rowName, row]) => [
        rowName,
        fill(defaults, shared, `${defaults.name}.${name}.${rowName}`, { ...row, path: `${base}${row.path}` }),
      ]),
    ) as unknown as Resource<B, R>,
})
