import type { Sorting } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Rows of a list that came in one piece, as the address wants them: with the searched words, in the chosen order. */
export const shownRows = <R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  { query, sort }: { readonly query: string; readonly sort: Sorting | undefined },
  words: (row: R) => string,
): readonly R[] => {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = rows.filter((row) => {
    const text = words(row).toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
  const text = sort && columns.find((column) => column.sort === sort.by)?.text
  if (!text) return found
  const sign = sort.direction === 'asc' ? 1 : -1
  return [...found].sort((a, b) => sign * order.compare(text(a), text(b)))
}
