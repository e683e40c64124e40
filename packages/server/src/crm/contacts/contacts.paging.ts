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
  // Ids and numbers need no encoding; URLSearchParams would cost more than the rest of this.
  const next = `locationId=${locationId}&limit=${query.limit}&startAfter=${startAfter}&startAfterId=${last?.id ?? ''}`
  const searched = query.query ? `&${new URLSearchParams({ query: query.query })}` : ''
  return {
    total,
    nextPageUrl: more ? `${base}/contacts/?${next}${searched}` : null,
    startAfterId: last?.id ?? null,
    startAfter,
    currentPage: current,
    nextPage: more ? current + 1 : null,
    prevPage: current > 1 ? current - 1 : null,
  }
}
