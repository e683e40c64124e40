import { unprocessable } from '@groundlevel/contract-kit'
import type { Asset } from '../../database/assets.sql.js'

/** What a text may hold that names something: ids of 20 letters and digits, of 24 hexadecimal ones, and UUIDs. */
const ids = /(?<![A-Za-z0-9-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9]{20}|[0-9a-f]{24})(?![A-Za-z0-9-])/g

const inText = (text: string, names: ReadonlyMap<string, string>) => text.replace(ids, (id) => names.get(id) ?? id)

/** The same value with every id in it, to any depth, replaced by what it is called elsewhere. */
export const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return inText(value, names)
  if (Array.isArray(value)) return value.map((each) => renamed(each, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [inText(name, names), renamed(each, names)]))
}

/** An asset whose references are those of the sub-account that it goes to. */
export const forPlace = (asset: Asset, names: ReadonlyMap<string, string>): Asset => ({
  ...asset,
  data: renamed(asset.data, names) as Asset['data'],
})

/** An asset of a snapshot. */
export interface Kept extends Asset {
  readonly kind: string
}

export interface AssetChange {
  readonly kind: string
  readonly key: string
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly fields: string[]
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

const differing = (before: Asset['data'], after: Asset['data']) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !same(before[field], after[field])).sort()

/** What changed from one snapshot to another, by kind and key. */
export const changesBetween = (before: readonly Kept[], after: readonly Kept[]): AssetChange[] => {
  const [from, to] = [comparable(before), comparable(after)]
  const line = ({ kind, key, name }: Kept, change: AssetChange['change'], fields: string[] = []) => ({
    kind,
    key,
    name,
    change,
    fields,
  })
  const removed = [...from].filter(([place]) => !to.has(place)).map(([, asset]) => line(asset, 'removed'))
  const others = [...to].flatMap(([place, asset]) => {
    const earlier = from.get(place)
    if (!earlier) return [line(asset, 'added')]
    const fields = differing(earlier.data, asset.data)
    return fields.length > 0 ? [line(asset, 'changed', fields)] : []
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

const documented = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d) ?([AP]M)$/i

/** A moment as the document writes it (`11-22-2026 09:30 AM`, in UTC), or in ISO 8601. */
export const momentIn = (text: string, field: string): Date => {
  const match = documented.exec(text.trim())
  const [, month, day, year, hour = '0', minute, half = ''] = match ?? []
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  const iso = match ? `${year}-${month}-${day}T${String(hours).padStart(2, '0')}:${minute}:00.000Z` : text
  const date = /^\d{4}-\d\d-\d\d/.test(iso) ? new Date(iso) : new Date(Number.NaN)
  if (Number.isNaN(date.getTime())) throw unprocessable([`${field} must be a moment such as 11-22-2026 09:30 AM`])
  return date
}
