import type { Operation, TSchema } from '@groundlevel/contract-kit'
import { type Schema, schemaOf, unwrap } from '../../http/validate/schema.js'
import type { KnownIds } from './known-ids.js'
import { kindOf, kindsInPath } from './known-ids.js'
import { type Asked, type Asker, requestFor } from './requests.js'

/** Where an id of somebody else can be put into a request. */
interface Slot {
  readonly name: string
  readonly kinds: readonly string[]
  put(asked: Asked, id: string): void
}

const tenantNames = new Set(['locationId', 'locationIds', 'companyId', 'altId', 'appId'])

const holdsText = (declared: Schema): 'one' | 'list' | undefined => {
  const { schema } = unwrap(declared)
  if (schema.enum || schema.const !== undefined) return undefined
  if (schema.type === 'array') return holdsText(schema.items ?? {}) === 'one' ? 'list' : undefined
  return schema.type === 'string' ? 'one' : undefined
}

const fieldSlots = (shape: unknown, where: 'query' | 'body', operation: Operation): Slot[] =>
  Object.entries(shape ? (schemaOf(shape as TSchema).properties ?? {}) : {}).flatMap(([name, schema]) => {
    const kind = name === 'ids' ? operation.key.split('.')[1]?.replace(/s$/, '') : kindOf(name)
    const holds = holdsText(schema)
    if (!kind || !holds || tenantNames.has(name)) return []
    const put = (asked: Asked, id: string) => {
      const target = asked[where]
      if (target) target[name] = holds === 'list' ? [id] : id
    }
    return [{ name: `${where}.${name}`, kinds: [kind], put }]
  })

/** Ids in the path, the query and the top of the body; the tenant's own names are for other tests. */
export const slotsOf = (operation: Operation): Slot[] => {
  const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name).filter((name) => !tenantNames.has(name))
  const inPath = names.map((name): Slot => {
    const put = (asked: Asked, id: string) => {
      asked.params[name] = id
    }
    return { name: `path.${name}`, kinds: kindsInPath(operation, name), put }
  })
  return [...inPath, ...fieldSlots(operation.query, 'query', operation), ...fieldSlots(operation.body, 'body', operation)]
}

/** An id of the form that things have, of nothing. */
export const nobodysId = (like: string) =>
  /^[0-9a-f]{24}$/.test(like) ? '0123456789abcdef01234567' : 'A'.repeat(like.length || 20)

/** The same request twice: with what somebody else has, and with what nobody has. */
export interface Pair {
  readonly slot: string
  readonly sent: string
  readonly theirs: Asked
  readonly nobodys: Asked
}

const idOf = (ids: KnownIds, { kinds }: Slot) => kinds.map((kind) => ids.newest(kind)).find((id) => id !== undefined)

/** For each place one pair, and one with all places of the path at once. */
export const pairsFor = (operation: Operation, asker: Asker, victim: KnownIds): Pair[] => {
  const slots = slotsOf(operation).flatMap((slot) => {
    const id = idOf(victim, slot)
    return id ? [{ ...slot, id }] : []
  })
  const inPath = slots.filter(({ name }) => name.startsWith('path.'))
  const groups = [...slots.map((slot) => [slot]), ...(inPath.length > 1 ? [inPath] : [])]
  return groups.map((group) => {
    const [theirs, nobodys] = [requestFor(operation, asker), requestFor(operation, asker)]
    for (const { put, id } of group) {
      put(theirs, id)
      put(nobodys, nobodysId(id))
    }
    return { slot: group.map(({ name }) => name).join(' '), sent: group.map(({ id }) => id).join(' '), theirs, nobodys }
  })
}
