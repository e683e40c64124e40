import { contacts, locations } from '@groundlevel/contracts'
import { call, useAsk } from '../../api.js'
import type { ListAddress } from '../../parts/list/address.js'
import { type Pages, usePages } from '../../parts/list/pages.js'
import { type Condition, filtersOf, readConditions, writeConditions } from './filter-nodes.js'
import { type Hit, useLocationId } from './words.js'

/** What a list of contacts is narrowed to and how it is sorted. */
export interface Question {
  readonly locationId: string
  readonly query: string
  readonly filters: Record<string, unknown>[]
  readonly sort: { readonly field: string; readonly direction: 'asc' | 'desc' }
}

const pageLimit = 100
type Cursor = readonly unknown[]

const bodyOf = ({ locationId, query, filters, sort }: Question, limit: number, after: Cursor | undefined) =>
  ({
    locationId,
    pageLimit: limit,
    ...(query ? { query } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    sort: [sort],
    ...(after ? { searchAfter: [...after] } : {}),
  }) as never

export const searchPage = async (question: Question, after: Cursor | undefined, limit = pageLimit, signal?: AbortSignal) => {
  const reply = await call(contacts.search.advanced, { body: bodyOf(question, limit, after) }, signal)
  const last = reply.contacts.at(-1)?.searchAfter
  return { rows: reply.contacts, total: reply.total, next: reply.contacts.length === limit && last ? last : undefined }
}

/** Every page, for an export. */
export async function* everyPage(question: Question): AsyncIterable<readonly Hit[]> {
  let after: Cursor | undefined
  do {
    const page = await searchPage(question, after, 500)
    yield page.rows
    after = page.next
  } while (after)
}

export interface AskedContacts {
  readonly question: Question
  readonly conditions: readonly Condition[]
  readonly any: boolean
  setConditions(conditions: readonly Condition[], any: boolean): void
}

/** The question that the address asks. */
export const useQuestion = (address: ListAddress): AskedContacts => {
  const locationId = useLocationId()
  const conditions = readConditions(address.get('f'))
  const any = address.get('any') !== ''
  const { by = 'dateAdded', direction = 'desc' } = address.sort ?? {}
  return {
    question: { locationId, query: address.query, filters: filtersOf(conditions, any), sort: { field: by, direction } },
    conditions,
    any,
    setConditions: (next, matchAny) => address.set({ f: writeConditions(next), any: matchAny && next.length > 1 ? '1' : '' }),
  }
}

export const useContacts = (question: Question): Pages<Hit> =>
  usePages<Hit, Cursor>([contacts.search.advanced.key, 'pages', question], (after, signal) =>
    searchPage(question, after, pageLimit, signal),
  )

/** Names of the sub-account's tags, for suggestions. */
export const useTagNames = (): readonly string[] => {
  const locationId = useLocationId()
  return (useAsk(locations.tags.list, { locationId }).data?.tags ?? []).flatMap(({ name }) => name ?? [])
}
