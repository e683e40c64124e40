interface Asked {
  readonly query?: string
  readonly limit: number
  readonly page?: number
  readonly startAfter?: number
}

interface Page {
  readonly query: Asked
  readonly size: number
  readonly last: { readonly id: string | null; readonly dateAdded: string | null } | undefined
  readonly total: number
  readonly base: string
  readonly locationId: string
}

/** The paging block of `GET /contacts/`: the cursor of the last row, and page numbers beside it (live facts). */
export const listMeta = ({ query, size, last, total, base, locationId }: Page) => {
  const current = query.page ?? 1
  const byCursor = query.startAfter !== undefined
  const more = size === query.limit && (byCursor || current * query.limit < total)
  const startAfter = last?.dateAdded ? Date.parse(last.dateAdded) : null
  const next = new URLSearchParams({
    locationId,
    limit: String(query.limit),
    startAfter: String(startAfter),
    startAfterId: last?.id ?? '',
  })
  if (query.query) next.set('query', query.query)
  return {
    total,
    nextPageUrl: more ? `${base}/contacts/?${next}` : null,
    startAfterId: last?.id ?? null,
    startAfter,
    currentPage: current,
    nextPage: more ? current + 1 : null,
    prevPage: current > 1 ? current - 1 : null,
  }
}
