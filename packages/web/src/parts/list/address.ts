import { useSearchParams } from 'react-router'

export interface Sorting {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

const sortIn = (text: string | null): Sorting | undefined => {
  const match = /^(.+)\.(asc|desc)$/.exec(text ?? '')
  return match ? { by: match[1] as string, direction: match[2] as Sorting['direction'] } : undefined
}

/** What a list shows, as it stands in the address: who opens the same link sees the same list. `q` and `sort` have names of their own. */
export interface ListAddress {
  readonly query: string
  readonly sort: Sorting | undefined
  get(name: string): string
  /** The empty text takes a name out. Several at once are one change. */
  set(values: Readonly<Record<string, string>>): void
  setQuery(query: string): void
  setSort(sort: Sorting | undefined): void
}

export const useListAddress = (): ListAddress => {
  const [search, setSearch] = useSearchParams()
  const set = (values: Readonly<Record<string, string>>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(values)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  return {
    query: search.get('q') ?? '',
    sort: sortIn(search.get('sort')),
    get: (name) => search.get(name) ?? '',
    set,
    setQuery: (query) => set({ q: query }),
    setSort: (sort) => set({ sort: sort ? `${sort.by}.${sort.direction}` : '' }),
  }
}
