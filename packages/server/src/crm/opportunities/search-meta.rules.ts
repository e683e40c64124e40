interface Page {
  readonly query: Readonly<Record<string, unknown>> & { readonly limit: number }
  readonly current: number
  readonly byCursor: boolean
  readonly total: number
  readonly size: number
  readonly last: { readonly id: string | null; readonly sort: unknown } | undefined
  readonly base: string
}

/** The paging block of `GET /opportunities/search`: the cursor of the last row, and page numbers beside it (live facts). */
export const listMeta = ({ query, current, byCursor, total, size, last, base }: Page) => {
  const more = size === query.limit && (byCursor || current * query.limit < total)
  const [after] = (last?.sort as unknown[] | undefined) ?? []
  const startAfter = typeof after === 'number' ? Math.trunc(after) : null
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '' && name !== 'page') next.set(name, String(value))
  if (after !== undefined) next.set('startAfter', String(after))
  next.set('startAfterId', last?.id ?? '')
  return {
    total,
    nextPageUrl: more ? `${base}/opportunities/search?${next}` : null,
    startAfterId: last?.id ?? null,
    startAfter,
    currentPage: current,
    nextPage: more ? current + 1 : null,
    prevPage: current > 1 ? current - 1 : null,
  }
}
