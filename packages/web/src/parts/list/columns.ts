import { useLocalStorage } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useSession } from '../../session.js'

/** One column of a list. */
export interface Column<R> {
  /** Stays the same for ever: it is kept in the browsers of people who chose it. */
  readonly id: string
  readonly label: string
  readonly cell: (row: R) => ReactNode
  /** What a CSV file holds; absent: the column is not exported. */
  readonly text?: (row: R) => string
  /** The field that the server sorts by; absent: not sortable. */
  readonly sort?: string
  /** Default 180. */
  readonly widthPx?: number
  readonly align?: 'end'
  /** Stays in sight at the end of the row, however far the others are scrolled. */
  readonly pinned?: boolean
  /** The column that names the row: always shown, first. */
  readonly names?: boolean
  /** Not shown until somebody chooses it. */
  readonly optional?: boolean
}

export interface ShownColumns<R> {
  readonly all: readonly Column<R>[]
  readonly shown: readonly Column<R>[]
  readonly ids: readonly string[]
  show(ids: readonly string[]): void
  /** The columns that everybody begins with. */
  reset(): void
}

const beginning = <R>(columns: readonly Column<R>[]) => columns.filter(({ optional }) => !optional).map(({ id }) => id)

/** The chosen ones that exist, in their chosen order, led by the column that names the row. */
export const pick = <R>(columns: readonly Column<R>[], ids: readonly string[]): readonly Column<R>[] => {
  const names = columns.filter((column) => column.names)
  const others = ids.flatMap((id) => columns.filter((column) => column.id === id && !column.names))
  return [...names, ...others]
}

/** Which columns of the list `name` this person sees, kept in this browser. */
export const useColumns = <R>(name: string, columns: readonly Column<R>[]): ShownColumns<R> => {
  const accountId = useSession().data?.account?.id ?? ''
  const [kept, keep, forget] = useLocalStorage<readonly string[] | null>({
    key: `groundlevel-columns-${name}-${accountId}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  })
  const ids = Array.isArray(kept) ? kept : beginning(columns)
  return { all: columns, shown: pick(columns, ids), ids, show: keep, reset: forget }
}
