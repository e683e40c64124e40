import { useSearchParams } from 'react-router'

const names = ['appId', 'locationId', 'kind', 'outcome', 'traceId', 'query'] as const
export type FilterName = (typeof names)[number]
export type Filters = Readonly<Partial<Record<FilterName, string>>>

/** `kind:id` of the row whose drawer is open. */
const openName = 'row'

/** Filters and the open row, as they stand in the address: what one person sees, another sees by the same link. */
export const useTimelineAddress = () => {
  const [search, setSearch] = useSearchParams()
  const filters: Filters = Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])))
  const change = (edit: (next: URLSearchParams) => void) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        edit(next)
        return next
      },
      { replace: true },
    )
  const setFilter = (name: FilterName, value: string) => change((next) => (value ? next.set(name, value) : next.delete(name)))
  const setOpen = (row: string | undefined) => change((next) => (row ? next.set(openName, row) : next.delete(openName)))
  const clear = () =>
    change((next) => {
      for (const name of names) next.delete(name)
    })
  return { filters, open: search.get(openName) ?? undefined, setFilter, setOpen, clear }
}
