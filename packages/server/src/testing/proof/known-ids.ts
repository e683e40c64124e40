import type { Operation } from '@groundlevel/contract-kit'

const singular = (word: string) =>
  word
    .replace(/ies$/, 'y')
    .replace(/(ss|us)$/, '$1')
    .replace(/([^s])s$/, '$1')
    .toLowerCase()

/** What kind of thing a row of this resource is, and where its ids go when they have no better name: `contacts.notes`. */
export const resourceOf = ({ key }: Operation) => key.split('.').slice(0, 2).join('.')

/** Names that say whose id they hold without ending in `Id`. */
const named: Readonly<Record<string, string>> = {
  assignedTo: 'user',
  followers: 'user',
  parentId: 'folder',
  contacts: 'contact',
  opportunities: 'opportunity',
}

/** The kind of thing that a field's value names: `contactId`, `userIds` and `assignedTo` do, `firstName` does not. */
export const kindOf = (name: string): string | undefined => named[name] ?? /^(\w+)Ids?$/.exec(name)?.[1]?.toLowerCase()

/** Ids of one tenant by the kind of thing, newest last: what its replies have told. */
export class KnownIds {
  readonly #ids = new Map<string, string[]>()
  readonly #within = new Map<string, Readonly<Record<string, string>>>()

  add(kind: string, id: string): void {
    const list = this.#ids.get(kind) ?? []
    if (!list.includes(id)) list.push(id)
    this.#ids.set(kind, list)
  }

  newest(kind: string, like = /^/): string | undefined {
    return this.#ids.get(kind)?.findLast((id) => like.test(id))
  }

  forget(id: string): void {
    for (const list of this.#ids.values()) if (list.includes(id)) list.splice(list.indexOf(id), 1)
  }

  all(): string[] {
    return [...new Set([...this.#ids.values()].flat())]
  }

  /** Every id in a reply, under the name of what holds it: `{contact: {id}}`, `{notes: [{id}]}`, `{id}` of a bare reply. */
  learn(operation: Operation, reply: unknown, params: Readonly<Record<string, string>> = {}): void {
    const before = new Set(this.all())
    this.#learn(reply, undefined, operation, 0)
    for (const id of this.all()) if (!before.has(id)) this.#within.set(id, params)
  }

  /** The names in the path under which an id was first seen: a note is found under its own contact only. */
  within(id: string): Readonly<Record<string, string>> {
    return this.#within.get(id) ?? {}
  }

  #learn(value: unknown, holder: string | undefined, operation: Operation, depth: number): void {
    if (Array.isArray(value)) {
      for (const each of value.slice(0, 3)) this.#learn(each, holder, operation, depth)
      return
    }
    if (typeof value !== 'object' || value === null || depth > 3) return
    for (const [name, field] of Object.entries(value)) {
      if ((name === 'id' || name === '_id') && typeof field === 'string') this.#name(field, holder, operation, depth)
      else if (typeof field === 'object') this.#learn(field, name, operation, depth + 1)
    }
  }

  #name(id: string, holder: string | undefined, operation: Operation, depth: number): void {
    if (holder) this.add(singular(holder), id)
    if (depth > 1) return
    this.add(resourceOf(operation), id)
    if (!holder) this.add(singular(operation.key.split('.')[1] ?? ''), id)
  }
}

/** The kinds under which the id of a path's name may be known: by its own name, by its resource, by the word before it. */
export const kindsInPath = (operation: Operation, name: string): string[] => {
  const before = new RegExp(`/([\\w-]+)/:${name}(/|$)`).exec(operation.path)?.[1] ?? ''
  const own = name === 'id' ? [] : [kindOf(name) ?? name.toLowerCase()]
  return [...own, resourceOf(operation), singular(before), singular(before.replace(/-/g, ''))]
}
