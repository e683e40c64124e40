import type { Asset } from '../../database/assets.sql.js'
import { type Kept, renamed } from './snapshots.rules.js'

interface Difference {
  /** Where in it, such as `settings.slotDuration`. */
  readonly path: string
  readonly before: string
  readonly after: string
}

export interface AssetChange {
  readonly kind: string
  readonly key: string
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly fields: string[]
  readonly differences: Difference[]
}

const placeOf = ({ kind, key }: Kept) => `${kind} ${key}`

/** References by what they name, so that the same set-up of two sub-accounts, whose ids differ, is the same. */
const comparable = (assets: readonly Kept[]) => {
  const names = new Map(assets.map((asset) => [asset.id, placeOf(asset)]))
  return new Map(assets.map((asset) => [placeOf(asset), { ...asset, data: renamed(asset.data, names) as Asset['data'] }]))
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

const mostDifferences = 20
const mostLetters = 300

const asText = (value: unknown) => {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Down to the values that differ; where one of the two is no tree, the whole. */
const differencesIn = (before: unknown, after: unknown, path: readonly string[] = []): Difference[] => {
  if (same(before, after)) return []
  if (!isTree(before) || !isTree(after)) return [{ path: path.join('.'), before: asText(before), after: asText(after) }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap((name) => differencesIn(before[name], after[name], [...path, name]))
}

const differing = (before: Asset['data'], after: Asset['data']) => {
  const all = differencesIn(before, after)
  const fields = [...new Set(all.map(({ path }) => path.split('.')[0] ?? ''))]
  return { fields, differences: all.slice(0, mostDifferences) }
}

const alike: Pick<AssetChange, 'fields' | 'differences'> = { fields: [], differences: [] }

/** What changed from one snapshot to another, by kind and key. */
export const changesBetween = (before: readonly Kept[], after: readonly Kept[]): AssetChange[] => {
  const [from, to] = [comparable(before), comparable(after)]
  const line = ({ kind, key, name }: Kept, change: AssetChange['change'], how = alike) => ({ kind, key, name, change, ...how })
  const removed = [...from].filter(([place]) => !to.has(place)).map(([, asset]) => line(asset, 'removed'))
  const others = [...to].flatMap(([place, asset]) => {
    const earlier = from.get(place)
    if (!earlier) return [line(asset, 'added')]
    const how = differing(earlier.data, asset.data)
    return how.fields.length > 0 ? [line(asset, 'changed', how)] : []
  })
  return [...others, ...removed].sort((a, b) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1))
}

export const countsOf = (changes: readonly AssetChange[]) => {
  const of = (change: AssetChange['change']) => changes.filter((each) => each.change === change).length
  return { added: of('added'), removed: of('removed'), changed: of('changed') }
}

export const countsByKind = (changes: readonly AssetChange[]) =>
  [...new Set(changes.map(({ kind }) => kind))].map((kind) => ({
    kind,
    ...countsOf(changes.filter((each) => each.kind === kind)),
  }))

/** Of what is new or different: how much of it was last changed on which day (UTC). */
export const countsByDay = (changes: readonly AssetChange[], after: readonly Kept[]) => {
  const asked = new Set(changes.filter(({ change }) => change !== 'removed').map(({ kind, key }) => `${kind} ${key}`))
  const days = new Map<string, number>()
  for (const asset of after) {
    const day = asset.changedAt?.toISOString().slice(0, 10)
    if (day && asked.has(placeOf(asset))) days.set(day, (days.get(day) ?? 0) + 1)
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({ day, count }))
}
