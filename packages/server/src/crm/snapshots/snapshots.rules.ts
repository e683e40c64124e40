import { unprocessable } from '@groundlevel/contract-kit'
import type { SnapshotFamily } from '@groundlevel/contracts'
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

/** The kinds of the families that are more than one kind: none of them is anything without the others. */
const kindsIn: Partial<Record<SnapshotFamily, readonly string[]>> = {
  custom_fields: ['custom_field_folders', 'custom_fields'],
  pipelines: ['lost_reasons', 'pipelines', 'pipeline_stages'],
  calendars: ['calendar_groups', 'calendars', 'calendar_notifications'],
  products: ['product_taxes', 'product_collections', 'products', 'product_prices'],
}

export const kindsOf = (families: readonly SnapshotFamily[]): string[] =>
  families.flatMap((family) => kindsIn[family] ?? [family])

const idsIn = (value: unknown, found: Set<string>): void => {
  if (typeof value === 'string') for (const [id] of value.matchAll(ids)) found.add(id)
  if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) idsIn(each, found)
}

/** Everything in assets that looks like an id. */
export const idsOf = (assets: readonly Asset[]): string[] => {
  const found = new Set<string>()
  for (const { data } of assets) idsIn(data, found)
  return [...found]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value without people: a list loses who is in it, and entries that name one; a field that names one is empty. */
export const withoutPeople = (value: unknown, people: ReadonlySet<string>): unknown => {
  const isOne = (each: unknown) => typeof each === 'string' && people.has(each)
  if (isOne(value)) return ''
  if (Array.isArray(value))
    return value
      .filter((each) => !isOne(each) && !(isRecord(each) && Object.values(each).some(isOne)))
      .map((each) => withoutPeople(each, people))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutPeople(each, people)]))
}

interface Share {
  readonly shareType: string
  readonly timesUsed: number
  readonly relationshipNumbers: readonly string[]
}

/** Whether an agency may take a copy by a share link, apart from what the database alone can say: that it is used up. */
export const admits = (share: Share, asker: { readonly relationshipNumber: string; readonly hasLocation: boolean }): boolean => {
  if (share.shareType === 'agency_link') return share.relationshipNumbers.includes(asker.relationshipNumber)
  return share.shareType !== 'location_link' || asker.hasLocation
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
