/** What a caller says of the page. */
export interface Paged {
  readonly query?: string
  readonly limit: number
  readonly page?: number
  readonly startAfter?: number
  readonly sortBy: 'date_added' | 'date_updated'
  readonly order: 'asc' | 'desc'
}

/** The column that the list is ordered by. */
export const sortedBy = ({ sortBy }: Pick<Paged, 'sortBy'>): 'dateAdded' | 'dateUpdated' =>
  sortBy === 'date_updated' ? 'dateUpdated' : 'dateAdded'

interface Page {
  readonly query: Paged
  readonly size: number
  readonly last:
    | { readonly id: string | null; readonly dateAdded: string | null; readonly dateUpdated: string | null }
    | undefined
  readonly total: number
  readonly base: string
  readonly locationId: string
}

/** The paging block of `GET /contacts/`: the cursor of the last row, and page numbers beside it (live facts). */
export const listMeta = ({ query, size, last, total, base, locationId }: Page) => {
  const current = query.page ?? 1
  const byCursor = query.startAfter !== undefined
  const more = size === query.limit && (byCursor || current * query.limit < total)
  const date = last?.[sortedBy(query)]
  const startAfter = date ? Date.parse(date) : null
  // Ids and numbers need no encoding; URLSearchParams would cost more than the rest of this.
  const next = `locationId=${locationId}&limit=${query.limit}&startAfter=${startAfter}&startAfterId=${last?.id ?? ''}`
  const sorted = query.sortBy === 'date_added' && query.order === 'desc' ? '' : `&sortBy=${query.sortBy}&order=${query.order}`
  const searched = query.query ? `&${new URLSearchParams({ query: query.query })}` : ''
  return {
    total,
    nextPageUrl: more ? `${base}/contacts/?${next}${sorted}${searched}` : null,
    startAfterId: last?.id ?? null,
    startAfter,
    currentPage: current,
    nextPage: more ? current + 1 : null,
    prevPage: current > 1 ? current - 1 : null,
  }
}
