import type { Actor, Method, Operation, OperationSpec, Row, TenantPlace } from './operation.js'

/** What every row of a module shares unless it says otherwise. */
export interface ModuleDefaults {
  readonly name: string
  readonly version?: string
  readonly actors?: readonly Actor[]
  readonly scope?: string
  readonly because?: string
  readonly auth?: 'token' | 'session' | 'none'
  readonly tenant?: TenantPlace
  readonly versionOptional?: boolean
}

/** Rows of one resource, with their defaults filled in, by name. */
export type Resource<B extends string, R extends Record<string, Row>> = {
  readonly [K in keyof R]: Operation<`${B}${R[K]['path']}`, R[K]['spec']>
}

export type AnyResource = Readonly<Record<string, Operation>>

const fullScope = (scope: string, effect: 'read' | 'write') => {
  if (scope === '' || scope.includes('.')) return scope
  return `${scope}.${effect === 'read' ? 'readonly' : 'write'}`
}

const fill = (module: ModuleDefaults, key: string, method: Method, path: string, spec: OperationSpec): Operation => {
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
 * @throws Error at import when a row has neither scope nor a reason: a promise that nobody made must not be served; or
 *   when it takes files and looks for its tenant in the body.
 */
export const apiModule = (defaults: ModuleDefaults) => ({
  ...defaults,
  /** A resource named `name` whose rows' paths begin with `base`. */
  resource: <const B extends string, R extends Record<string, Row>>(name: string, base: B, rows: R): Resource<B, R> =>
    Object.fromEntries(
      Object.entries(rows).map(([rowName, { method, path, spec }]) => [
        rowName,
        fill(defaults, `${defaults.name}.${name}.${rowName}`, method, `${base}${path}`, spec),
      ]),
    ) as unknown as Resource<B, R>,
})
