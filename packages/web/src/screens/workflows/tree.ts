import type { Part } from './words.js'

/** Where something stands in a definition: `['actions', 0, 'then', 1]`, as the server writes it with dots between. */
export type Path = readonly (string | number)[]

/** What begins a workflow and what it does. */
export interface Definition {
  readonly triggers: readonly Part[]
  readonly actions: readonly Part[]
}

/** A way on from a step that has several. */
export interface Way {
  /** The list of the way, from the step on. */
  readonly key: Path
  readonly label: string
  /** What the history calls it. */
  readonly told: string
  readonly actions: readonly Part[]
}

/** A step with where it stands. */
export interface Placed {
  readonly part: Part
  readonly path: Path
}

const list = (value: unknown): readonly Part[] => (Array.isArray(value) ? (value as Part[]) : [])
const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const branchesOf = (part: Part): Way[] =>
  list(part.branches).map((branch, at) => ({
    key: ['branches', at, 'actions'],
    label: word(branch.name) ?? `Branch ${at + 1}`,
    told: word(branch.name) ?? word(branch.id) ?? `branch ${at + 1}`,
    actions: list(branch.actions),
  }))

const pathsOf = (part: Part): Way[] =>
  list(part.paths).map((path, at) => ({
    key: ['paths', at, 'actions'],
    label: `${word(path.name) ?? `Path ${at + 1}`}${path.weight === undefined ? '' : `, weight ${String(path.weight)}`}`,
    told: word(path.name) ?? `branch ${at + 1}`,
    actions: list(path.actions),
  }))

const yes = (part: Part): Way => ({ key: ['then'], label: 'Then', told: 'then', actions: list(part.then) })
const no = (part: Part): Way => ({ key: ['else'], label: 'Else', told: 'else', actions: list(part.else) })

/** The ways on from a step that has several. */
export const waysOf = (part: Part): readonly Way[] => {
  if (part.type !== 'if_else') return [...branchesOf(part), ...pathsOf(part)]
  return part.branches === undefined ? [yes(part), no(part)] : [...branchesOf(part), no(part)]
}

const changed = (value: unknown, path: Path, how: (value: unknown) => unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return how(value)
  if (Array.isArray(value)) return value.map((each, at) => (at === key ? changed(each, rest, how) : each))
  const record = (value ?? {}) as Readonly<Record<string, unknown>>
  return { ...record, [key]: changed(record[key], rest, how) }
}

const change = (definition: Definition, path: Path, how: (value: unknown) => unknown) =>
  changed(definition, path, how) as Definition

export const insert = (definition: Definition, to: Path, at: number, part: Part): Definition =>
  change(definition, to, (value) => [...list(value).slice(0, at), part, ...list(value).slice(at)])

export const replace = (definition: Definition, path: Path, part: Part): Definition => change(definition, path, () => part)

export const remove = (definition: Definition, path: Path): Definition =>
  change(definition, path.slice(0, -1), (value) => list(value).filter((_, at) => at !== path.at(-1)))

const begins = (path: Path, with_: Path) => with_.every((key, at) => path[at] === key)

/** The same part at another place; where it would land in itself, nothing moves. */
export const move = (definition: Definition, from: Placed, to: Path, at: number): Definition => {
  if (begins(to, from.path)) return definition
  const gone: Part = {}
  const there = insert(
    change(definition, from.path, () => gone),
    to,
    at,
    from.part,
  )
  const left = everywhere(there).find(({ part }) => part === gone)
  return left ? remove(there, left.path) : definition
}

const within = (parts: readonly Part[], path: Path): Placed[] =>
  parts.flatMap((part, at) => {
    const here = [...path, at]
    const inner = waysOf(part).flatMap(({ key, actions }) => within(actions, [...here, ...key]))
    return [{ part, path: here }, ...inner]
  })

/** Every trigger and every step, in the order in which they are read. */
export const everywhere = ({ triggers, actions }: Definition): readonly Placed[] => [
  ...triggers.map((part, at) => ({ part, path: ['triggers', at] })),
  ...within(actions, ['actions']),
]

export const find = (definition: Definition, id: string | undefined): Placed | undefined =>
  id === undefined ? undefined : everywhere(definition).find(({ part }) => part.id === id)

/** An id as steps have them. */
export const newPartId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36).padStart(2, '0')).join('')

const identified = (part: Part, newId: () => string): Part => {
  const inner = waysOf(part).reduce<Part>(
    (whole, { key, actions }) =>
      actions.length === 0 ? whole : (changed(whole, key, () => actions.map((each) => identified(each, newId))) as Part),
    part,
  )
  return typeof inner.id === 'string' ? inner : { ...inner, id: newId() }
}

/** The same with an id for every trigger and step that has none. */
export const withIds = ({ triggers, actions }: Definition, newId: () => string = newPartId): Definition => ({
  triggers: triggers.map((part) => identified(part, newId)),
  actions: actions.map((part) => identified(part, newId)),
})

/** One step further up or down; at the end of a way it leaves that way. */
export const nudge = (definition: Definition, { part, path }: Placed, by: -1 | 1): Definition => {
  const to = path.slice(0, -1)
  const at = Number(path.at(-1))
  const length = list(to.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)?.[key], definition)).length
  const next = at + by
  if (next >= 0 && next < length) return move(definition, { part, path }, to, by === 1 ? at + 2 : next)
  const parent = parentOf(path)
  if (!parent) return definition
  const place = Number(parent.at(-1))
  return move(definition, { part, path }, parent.slice(0, -1), by === 1 ? place + 1 : place)
}

/** The step whose way a path lies in. */
export const parentOf = (path: Path): Path | undefined => {
  const inside = path.slice(0, -1)
  const last = inside.findLastIndex((key) => key === 'then' || key === 'else' || key === 'branches' || key === 'paths')
  return last > 0 ? inside.slice(0, last) : undefined
}
