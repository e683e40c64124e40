import type { Described } from './document.js'
import type { Shape } from './shape.js'

/** One thing in which an operation is not as documented. */
export interface Difference {
  readonly operation: string
  /** `reply.contact.tags absent`: place and verdict, stable enough to be named in differences.tsv. */
  readonly what: string
}

type Direction = 'in' | 'out'

const kindOf = (shape: Shape): string => (shape.kind === 'union' ? shape.of.map(kindOf).join(' or ') : shape.kind)

const values = (path: string, official: Shape, ours: Shape, direction: Direction): string[] => {
  if (official.kind !== 'string' || ours.kind !== 'string' || !ours.values) return []
  if (!official.values) return direction === 'in' ? [`${path} only ${ours.values.join(' | ')}, documented any string`] : []
  const [theirs, mine] = [new Set(official.values), new Set(ours.values)]
  const lacking = [...theirs].filter((each) => !mine.has(each))
  const added = [...mine].filter((each) => !theirs.has(each))
  return [
    ...(lacking.length > 0 && direction === 'in' ? [`${path} lacks ${lacking.join(' | ')}`] : []),
    ...(added.length > 0 && direction === 'out' ? [`${path} may be ${added.join(' | ')}`] : []),
  ]
}

const fields = (
  path: string,
  official: Extract<Shape, { kind: 'object' }>,
  ours: Extract<Shape, { kind: 'object' }>,
  direction: Direction,
): string[] => {
  const found = [...official.fields].flatMap(([name, theirs]) => {
    const mine = ours.fields.get(name)
    const at = `${path}.${name}`
    if (!mine) return [`${at} absent`]
    const needed =
      mine.required === theirs.required ? [] : [`${at} ${mine.required ? 'required' : 'optional'}, documented otherwise`]
    // A reply that always has what the documents call optional, and a request that need not have what they demand, break nobody.
    const harmless = mine.required === (direction === 'out')
    return [...(harmless ? [] : needed), ...shapes(at, theirs.shape, mine.shape, direction)]
  })
  const added = [...ours.fields.keys()].filter((name) => !official.fields.has(name)).map((name) => `${path}.${name} added`)
  const wanted = [...ours.fields].filter(([name, { required }]) => required && !official.fields.has(name))
  const demanded = direction === 'in' ? wanted.map(([name]) => `${path}.${name} required, documented nowhere`) : []
  return [...found, ...added, ...demanded]
}

/** Where two shapes part. `in`: what a caller sends, which ours must admit; `out`: what a caller reads, which the document must cover. */
export const shapes = (path: string, official: Shape, ours: Shape, direction: Direction): string[] => {
  if (official.kind === 'any') return []
  if (ours.kind === 'any') return direction === 'out' ? [`${path} of any shape, documented ${kindOf(official)}`] : []
  if (official.kind === 'object' && ours.kind === 'object') return fields(path, official, ours, direction)
  if (official.kind === 'array' && ours.kind === 'array') return shapes(`${path}[]`, official.items, ours.items, direction)
  if (official.kind === 'union' || ours.kind === 'union') return unions(path, official, ours, direction)
  if (official.kind === ours.kind) return values(path, official, ours, direction)
  return [`${path} is ${kindOf(ours)}, documented ${kindOf(official)}`]
}

const unions = (path: string, official: Shape, ours: Shape, direction: Direction): string[] => {
  const list = (shape: Shape) => (shape.kind === 'union' ? shape.of : [shape])
  const [covered, covering] = direction === 'in' ? [list(official), list(ours)] : [list(ours), list(official)]
  const stray = covered.filter(
    (each) =>
      !covering.some((other) => {
        const [theirs, mine] = direction === 'in' ? [each, other] : [other, each]
        return each.kind === other.kind || shapes(path, theirs, mine, direction).every((text) => / added$/.test(text))
      }),
  )
  return stray.length > 0 ? [`${path} is ${kindOf(ours)}, documented ${kindOf(official)}`] : []
}

const query = (official: Described, ours: Described): string[] => {
  const lacking = [...official.parameters].flatMap(([name, theirs]) => {
    const mine = ours.parameters.get(name)
    if (!mine) return [`query.${name} absent`]
    const stricter = mine.required && !theirs.required ? [`query.${name} required, documented otherwise`] : []
    return [...stricter, ...shapes(`query.${name}`, asText(theirs.shape), asText(mine.shape), 'in')]
  })
  const added = [...ours.parameters.keys()].filter((name) => !official.parameters.has(name)).map((name) => `query.${name} added`)
  return [...lacking, ...added]
}

/** In a query everything is text: whether the document calls it a number or a string is of no consequence. */
const asText = (shape: Shape): Shape => {
  if (shape.kind === 'array') return asText(shape.items)
  return shape.kind === 'number' || shape.kind === 'boolean' || shape.kind === 'union' ? { kind: 'string' } : shape
}

const body = (official: Described, ours: Described): string[] => {
  const types = official.bodyTypes.filter((type) => ours.body && !ours.bodyTypes.includes(type))
  const wrongType = types.map((type) => `body as ${type} not accepted`)
  if (official.body && !ours.body) return official.body.kind === 'any' ? [] : ['body absent']
  if (!official.body && ours.body) return ['body added']
  return official.body && ours.body ? [...wrongType, ...shapes('body', official.body, ours.body, 'in')] : []
}

const withTraceId = (official: Shape, ours: Shape): Shape => {
  const documented = official.kind === 'object' && official.fields.has('traceId')
  if (!documented || ours.kind !== 'object') return ours
  return { kind: 'object', fields: new Map([...ours.fields, ['traceId', { shape: { kind: 'string' }, required: true }]]) }
}

const reply = (official: Described, ours: Described): string[] => {
  if (!official.reply || !ours.reply) return []
  // Every object that leaves carries a traceId, by the step that sends; no contract repeats it.
  return shapes('reply', official.reply, withTraceId(official.reply, ours.reply), 'out')
}

const list = (each: readonly (string | number)[]) => (each.length > 0 ? each.join(' ') : 'none')

const admission = (official: Described, ours: Described): string[] => {
  const differ = (name: string, theirs: readonly string[], mine: readonly string[]) =>
    list(theirs) === list(mine) ? [] : [`${name} ${list(mine)}, documented ${list(theirs)}`]
  const only = official.oauthOnly === ours.oauthOnly ? [] : [`OAuth only ${ours.oauthOnly}, documented ${official.oauthOnly}`]
  return [...differ('scope', official.scopes, ours.scopes), ...differ('callers', official.callers, ours.callers), ...only]
}

const version = (official: Described, ours: Described): string[] => {
  const named = official.versions.length === 0 || official.versions.some((each) => ours.versions.includes(each))
  const wrong = named ? [] : [`Version ${list(ours.versions)}, documented ${list(official.versions)}`]
  const needed =
    official.versionRequired === ours.versionRequired
      ? []
      : [`Version ${ours.versionRequired ? 'required' : 'optional'}, documented otherwise`]
  return [...wrong, ...needed]
}

/** Everything in which our description of an operation parts from the official one. */
export const compare = (official: Described, ours: Described): Difference[] => {
  const status = official.status.some((each) => ours.status.includes(each))
    ? []
    : [`status ${list(ours.status)}, documented ${list(official.status)}`]
  const names = (path: string) => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name).join(' ')
  const renamed =
    names(official.path) === names(ours.path) ? [] : [`path names ${names(ours.path)}, documented ${names(official.path)}`]
  const found = [
    ...renamed,
    ...status,
    ...admission(official, ours),
    ...version(official, ours),
    ...query(official, ours),
    ...body(official, ours),
    ...reply(official, ours),
  ]
  return found.map((what) => ({ operation: official.name, what }))
}
