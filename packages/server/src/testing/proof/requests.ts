import type { Operation, TSchema } from '@groundlevel/contract-kit'
import { type Schema, schemaOf, unwrap } from '../../http/validate/schema.js'
import { type KnownIds, kindOf, kindsInPath } from './known-ids.js'
import { hintOf } from './request-hints.js'
import type { Tenant } from './whole-app.js'

export interface Asked {
  readonly params: Record<string, string>
  readonly query: Record<string, unknown>
  readonly body: Record<string, unknown> | undefined
}

/** Whose request it is: tenant, what is known of it, and how full it shall be. */
export interface Asker {
  readonly tenant: Pick<Tenant, 'name' | 'companyId' | 'locationId' | 'userId' | 'appId' | 'providers'>
  readonly ids: KnownIds
  /** Every field, or only those that are demanded. */
  readonly full: boolean
}

let serial = 0

/** Text that nobody else has, with the tenant's name in it: found anywhere else, it has leaked. */
const mark = ({ tenant }: Asker) => `${tenant.name}${++serial}`

const byFormat: Readonly<Record<string, (asker: Asker) => string>> = {
  email: (asker) => `${mark(asker)}@example.com`,
  url: (asker) => `https://example.com/${mark(asker)}`,
  'date-time': () => '2027-03-04T10:00:00.000Z',
}

const byName: readonly (readonly [RegExp, (asker: Asker) => unknown])[] = [
  [/e?mail$/i, (asker) => `${mark(asker)}@example.com`],
  [/phone$|^number$/i, () => `+1415555${String(1000 + (++serial % 9000))}`],
  [/timezone$/i, () => 'America/Denver'],
  [/country$/i, () => 'US'],
  [/^(website|redirectTo|url|previewUrl|logoUrl)$/i, (asker) => `https://example.com/${mark(asker)}`],
  [/(date|time|At|From|To)$/, () => '2027-03-04T10:00:00.000Z'],
  [/dateOfBirth/i, () => '1990-05-06'],
  [/^colou?r$/i, () => '#336699'],
  [/^password$/i, () => 'Correct-Horse-7'],
  // Any word is taken for these two; the official documents have a list of them.
  [/^meetingLocationType$/, () => 'custom'],
  [/^subType$/, () => 'store'],
  [/^altType$/, () => 'location'],
  [/^currency$/, () => 'USD'],
]

const own = (name: string, { tenant }: Asker): string | undefined => {
  if (name === 'locationId' || name === 'altId') return tenant.locationId
  if (name === 'locationIds') return tenant.locationId
  if (name === 'companyId') return tenant.companyId
  return name === 'appId' ? tenant.appId : undefined
}

const text = (name: string, schema: Schema, asker: Asker): string | undefined => {
  const kind = kindOf(name)
  const id = own(name, asker) ?? (kind === 'user' ? asker.tenant.userId : undefined) ?? (kind && asker.ids.newest(kind))
  if (id) return id
  if (kind && !asker.full) return 'x'.repeat(20)
  // An id of a kind that nobody knows yet: better nothing than one that is surely wrong.
  if (kind) return undefined
  const made = byFormat[schema.format ?? ''] ?? byName.find(([pattern]) => pattern.test(name))?.[1] ?? mark
  const value = String(made(asker))
  const long = value.padEnd(schema.minLength ?? 0, 'x')
  return schema.maxLength === undefined ? long : long.slice(0, schema.maxLength)
}

const value = (name: string, declared: Schema, asker: Asker, depth: number): unknown => {
  const { schema } = unwrap(declared)
  if (schema.enum) return schema.enum[0]
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf?.[0]) return value(name, schema.anyOf[0], asker, depth)
  if (schema.type === 'array') return list(name, schema, asker, depth)
  if (schema.type === 'object') return fields(schema, asker, depth + 1)
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return false
  return text(name, schema, asker)
}

const list = (name: string, schema: Schema, asker: Asker, depth: number): unknown[] => {
  const size = Math.max(1, schema.minItems ?? 0)
  const items = Array.from({ length: size }, () => value(name, schema.items ?? {}, asker, depth + 1))
  return items.filter((each) => each !== undefined)
}

const fields = (schema: Schema, asker: Asker, depth = 0): Record<string, unknown> => {
  const required = new Set(schema.required)
  const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name) || (asker.full && depth < 4))
  const made = wanted.map(([name, field]) => [name, value(name, field, asker, depth)] as const)
  return Object.fromEntries(made.filter(([, each]) => each !== undefined))
}

const pathOf = (operation: Operation, name: string, asker: Asker) => {
  const mine = own(name, asker)
  if (mine) return mine
  const known = kindsInPath(operation, name).map((kind) => asker.ids.newest(kind))
  return known.find((id) => id !== undefined) ?? (name === 'userId' ? asker.tenant.userId : 'x'.repeat(20))
}

const shapeOf = (shape: unknown): Schema => (shape ? schemaOf(shape as TSchema) : {})

/** A request that the contract accepts, about this tenant and what it is known to have. */
export const requestFor = (operation: Operation, asker: Asker): Asked => {
  const hint = hintOf(operation, asker)
  const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const chosen = Object.fromEntries(names.map((name) => [name, pathOf(operation, name, asker)]))
  const last = names.at(-1) ?? ''
  const around = Object.entries(asker.ids.within(chosen[last] ?? '')).filter(([name]) => name !== last && names.includes(name))
  // A full query is a query for nothing: every filter at once. Only what is demanded goes in.
  const query = fields(shapeOf(operation.query), { ...asker, full: false })
  if (operation.tenant === 'query' || operation.tenant === 'alt') {
    const known = shapeOf(operation.query).properties ?? {}
    for (const name of ['locationId', 'altId']) if (name in known) query[name] = asker.tenant.locationId
  }
  return {
    params: { ...chosen, ...Object.fromEntries(around), ...hint.params },
    query: { ...query, ...hint.query },
    body: operation.body ? { ...fields(shapeOf(operation.body), asker), ...hint.body } : undefined,
  }
}

/** Method, address, headers and payload as they go out. */
export const written = (operation: Operation, { params, query, body }: Asked) => {
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x'))
  const search = new URLSearchParams()
  for (const [name, each] of Object.entries(query)) {
    for (const one of Array.isArray(each) ? each : [each]) search.append(name, String(one))
  }
  return {
    url: search.size > 0 ? `${path}?${search}` : path,
    headers: {
      version: operation.on === 'v3' ? 'v3' : '2021-07-28',
      ...(body ? { 'content-type': 'application/json' } : {}),
    } as Record<string, string>,
    payload: body ? JSON.stringify(body) : undefined,
  }
}
