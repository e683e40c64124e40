import { t } from './shapes.js'

/**
 * A paging dialect (wire-contract §3.3): the query fields that ask for a page, the reply field that holds the rows,
 * and how the next page is asked for. `next` returns what to change in the query (or body), or nothing at the end.
 */
export interface Paging<I extends string = string> {
  readonly kind: string
  /** The reply field that holds the rows. */
  readonly items: I
  /** Where the fields go. */
  readonly in: 'query' | 'body'
  next(reply: Record<string, unknown>, asked: Record<string, unknown>): Record<string, unknown> | undefined
}

const rowsOf = (reply: Record<string, unknown>, items: string): unknown[] =>
  Array.isArray(reply[items]) ? (reply[items] as unknown[]) : []

const byOffset =
  (kind: string, offsetName: 'skip' | 'offset') =>
  <const I extends string>(items: I, size: number): Paging<I> => ({
    kind,
    items,
    in: 'query',
    next: (reply, asked) => {
      const limit = Number(asked.limit ?? size)
      const full = rowsOf(reply, items).length >= limit
      return full ? { [offsetName]: Number(asked[offsetName] ?? 0) + limit, limit } : undefined
    },
  })

/** `?skip=0&limit=20`. */
export const limitSkip = byOffset('limitSkip', 'skip')
/** `?offset=0&limit=20`. */
export const limitOffset = byOffset('limitOffset', 'offset')

/** `?startAfter=<epoch ms>&startAfterId=<id>&limit=20`; the reply's `meta` names the next page. */
export const startAfter = <const I extends string>(items: I): Paging<I> => ({
  kind: 'startAfter',
  items,
  in: 'query',
  next: (reply) => {
    const meta = (reply.meta ?? {}) as Record<string, unknown>
    return meta.nextPageUrl && meta.startAfterId
      ? { startAfter: meta.startAfter, startAfterId: meta.startAfterId, page: undefined }
      : undefined
  },
})

/**
 * Body `{page, pageLimit}`, or the `searchAfter` of the last row. Opportunities name the size `limit` and the row's cursor `sort`.
 */
export const searchAfter = <const I extends string>(
  items: I,
  { cursor = 'searchAfter', size = 'pageLimit' } = {},
): Paging<I> => ({
  kind: 'searchAfter',
  items,
  in: 'body',
  next: (reply, asked) => {
    const rows = rowsOf(reply, items)
    const after = (rows.at(-1) as Record<string, unknown> | undefined)?.[cursor]
    const full = rows.length >= Number(asked[size] ?? 20)
    return full && after ? { searchAfter: after, page: undefined } : undefined
  },
})

/** Our own lists: an opaque `cursor`, the reply's `nextCursor`. */
export const cursor = <const I extends string>(items: I): Paging<I> => ({
  kind: 'cursor',
  items,
  in: 'query',
  next: (reply) => (typeof reply.nextCursor === 'string' ? { cursor: reply.nextCursor } : undefined),
})

/** `pageSize`/`pageToken` of the v3 installed-locations operation, the only one of its kind. */
export const pageToken = <const I extends string>(items: I): Paging<I> => ({
  kind: 'pageToken',
  items,
  in: 'query',
  next: (reply) => {
    const token = ((reply.pagination ?? {}) as Record<string, unknown>).nextPageToken
    return typeof token === 'string' ? { pageToken: token } : undefined
  },
})

/** Further than any list goes; far beyond it a database cannot even count. */
const farthestSkip = 1_000_000

/** Query fields of the offset dialects. */
export const limitSkipQuery = (limit: number, max = 100) => ({
  skip: t.Default(t.Integer({ minimum: 0, maximum: farthestSkip }), 0),
  limit: t.Default(t.Integer({ minimum: 1, maximum: max }), limit),
})
