import { found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../http/implement.js'
import { cursorOf, merged, placeOf } from './order.rules.js'
import type { Entry, EntryFilter, Kind, TimelineSource } from './source.js'

export interface TimelineParts {
  readonly sources: readonly TimelineSource[]
  /** Apps of the developer teams that an account belongs to. */
  appIdsOf(accountId: string): Promise<readonly string[]>
}

const dayMs = 24 * 60 * 60 * 1000
/** A search goes back day by day, then further, until it has found a page: substrings have no index. */
const searchedDays = [1, 3, 10, 31] as const
const relatedLimit = 100

const rowOf = (entry: Entry) => ({ ...entry, at: entry.at.toISOString() })

const pageOf = async (sources: readonly TimelineSource[], filter: EntryFilter): Promise<readonly Entry[]> => {
  const asked = sources.filter((source) => filter.kind === undefined || source.kinds.includes(filter.kind))
  return merged(await Promise.all(asked.map((source) => source.page(filter))), filter.limit)
}

/** Filters that no index answers are widened over time instead of reading an app's whole history at once. */
const searchedPage = async (sources: readonly TimelineSource[], filter: EntryFilter, now: Date): Promise<readonly Entry[]> => {
  const narrow =
    filter.traceId === undefined &&
    (filter.query !== undefined || filter.outcome !== undefined || filter.locationId !== undefined)
  if (!narrow) return pageOf(sources, filter)
  const from = filter.before?.at ?? now
  let rows: readonly Entry[] = []
  for (const days of searchedDays) {
    rows = await pageOf(sources, { ...filter, since: new Date(from.getTime() - days * dayMs) })
    if (rows.length >= filter.limit) break
  }
  return rows
}

const kinds: readonly string[] = ['call', 'event', 'delivery', 'install', 'token'] satisfies Kind[]

export const timelineRows = ({ sources, appIdsOf }: TimelineParts): readonly Implementation[] =>
  implement(api.timeline.rows, (context) => ({ mine: () => appIdsOf(context.person.accountId) }), {
    list: async ({ query }, { mine, now }) => {
      const { appId, cursor, limit, query: text, ...rest } = query
      const own = await mine()
      if (appId !== undefined && !own.includes(appId)) throw missing('App')
      if (own.length === 0) return { rows: [], nextCursor: null }
      const filter: EntryFilter = {
        ...rest,
        appIds: appId === undefined ? own : [appId],
        query: text?.trim() || undefined,
        before: cursor === undefined ? undefined : placeOf(cursor),
        limit: limit + 1,
      }
      const entries = await searchedPage(sources, filter, now)
      const rows = entries.slice(0, limit)
      const last = rows.at(-1)
      return { rows: rows.map(rowOf), nextCursor: entries.length > limit && last ? cursorOf(last) : null }
    },

    get: async ({ kind, id }, { mine }) => {
      const appIds = await mine()
      const source = sources.find((each) => each.kinds.includes(kind as Kind))
      if (!kinds.includes(kind) || !source || appIds.length === 0) throw missing('Row')
      const { entry, exchange, payload, attempts } = found(await source.find(appIds, kind as Kind, id), 'Row')
      const { traceId } = entry
      const trace = traceId === null ? [] : await pageOf(sources, { appIds, traceId, limit: relatedLimit })
      const related = trace.filter((each) => each.kind !== entry.kind || each.id !== entry.id)
      return { row: rowOf(entry), exchange, payload, attempts: [...attempts], related: related.map(rowOf) }
    },
  })
