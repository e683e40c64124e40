import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { Failure } from '../failure.js'
import { Waiting } from '../loaded.js'
import type { Sorting } from './address.js'
import type { Column } from './columns.js'
import classes from './list.module.css'
import { useListKeys } from './list-keys.js'
import type { Pages } from './pages.js'
import type { Selection } from './selection.js'

/*
 * How a list is made of these parts (screens/contacts/contacts.tsx is the full one):
 *
 *   const address = useListAddress()                                  // q, sort and your own filters, in the address
 *   const columns = useColumns('tags', tagColumns)                    // kept for this person in this browser
 *   const pages = usePages([...], (after, signal) => …)               // or onePage(useAsk(…)) for a short list
 *   const selection = useSelection(pages.rows.map(({ id }) => id))    // only where there are bulk acts
 *
 *   <ListBar label="tags" address={address} columns={columns} … />    // search, filters, columns, export, count
 *   <BulkBar selection={selection} noun="tag">…</BulkBar>
 *   <DataTable label="Tags" what="The tags" pages={pages} columns={columns.shown} idOf={({ id }) => id} nameOf={…}
 *     sort={address.sort} onSort={address.setSort} onOpen={(tag) => …} selection={selection} empty={<Empty …/>} />
 */

interface DataTableProps<R> {
  /** Of the table itself: "Contacts". */
  readonly label: string
  /** Subject of "… could not be loaded". */
  readonly what: string
  readonly pages: Pages<R>
  readonly columns: readonly Column<R>[]
  readonly idOf: (row: R) => string
  /** What a row is called, for people who cannot see it. */
  readonly nameOf: (row: R) => string
  readonly sort?: Sorting | undefined
  readonly onSort?: ((sort: Sorting) => void) | undefined
  readonly onOpen?: ((row: R) => void) | undefined
  readonly selection?: Selection | undefined
  /** Shown instead of a table without rows. */
  readonly empty: ReactNode
}

const rowPx = 41
const boxPx = 40
const widthOf = <R,>({ widthPx = 180 }: Column<R>) => widthPx

const SortButton = ({
  label,
  sorted,
  onClick,
}: {
  label: string
  sorted: Sorting['direction'] | undefined
  onClick: () => void
}) => {
  const Icon = sorted === undefined ? IconSelector : sorted === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <UnstyledButton className={classes.sort} data-sorted={sorted !== undefined || undefined} onClick={onClick}>
      {label}
      <Icon size={14} aria-hidden />
    </UnstyledButton>
  )
}

type HeadProps<R> = Pick<DataTableProps<R>, 'columns' | 'sort' | 'onSort' | 'selection'>

const directions = { asc: 'ascending', desc: 'descending' } as const

const Head = <R,>({ columns, sort, onSort, selection }: HeadProps<R>) => (
  <thead>
    <tr>
      {selection && (
        <th scope="col" style={{ width: boxPx }}>
          <Checkbox
            size="xs"
            aria-label="Choose all rows that are loaded"
            checked={selection.all}
            indeterminate={!selection.all && selection.ids.size > 0}
            onChange={selection.flipAll}
          />
        </th>
      )}
      {columns.map((column) => {
        const by = column.sort
        const sorted = by !== undefined && sort?.by === by ? sort.direction : undefined
        return (
          <th
            key={column.id}
            scope="col"
            data-align={column.align}
            data-pinned={column.pinned || undefined}
            aria-sort={sorted ? directions[sorted] : undefined}
            style={{ width: widthOf(column) }}
          >
            {by !== undefined && onSort ? (
              <SortButton
                label={column.label}
                sorted={sorted}
                onClick={() => onSort({ by, direction: sorted === 'asc' ? 'desc' : 'asc' })}
              />
            ) : (
              column.label
            )}
          </th>
        )
      })}
    </tr>
  </thead>
)

/** A gap as high as the rows that are not drawn. */
const Gap = ({ heightPx, span }: { heightPx: number; span: number }) =>
  heightPx <= 0 ? null : (
    <tr aria-hidden>
      <td colSpan={span} style={{ height: heightPx, padding: 0, border: 0 }} />
    </tr>
  )

const onOwnControl = (event: MouseEvent) => (event.target as Element).closest('a, button, input, label') !== null

type RowProps<R> = Pick<DataTableProps<R>, 'columns' | 'idOf' | 'nameOf' | 'onOpen' | 'selection'> & {
  readonly row: R
  readonly index: number
  readonly marked: boolean
}

const Row = <R,>({ row, index, marked, columns, idOf, nameOf, onOpen, selection }: RowProps<R>) => (
  <tr
    aria-rowindex={index + 2}
    data-marked={marked || undefined}
    data-chosen={selection?.ids.has(idOf(row)) || undefined}
    data-opens={onOpen ? true : undefined}
    onClick={(event) => !onOwnControl(event) && onOpen?.(row)}
  >
    {selection && (
      <td>
        <Checkbox
          size="xs"
          aria-label={`Choose ${nameOf(row)}`}
          checked={selection.ids.has(idOf(row))}
          onChange={(event) => selection.flip(idOf(row), (event.nativeEvent as unknown as { shiftKey?: boolean }).shiftKey)}
        />
      </td>
    )}
    {columns.map((column) => (
      <td key={column.id} data-align={column.align} data-pinned={column.pinned || undefined}>
        {column.cell(row)}
      </td>
    ))}
  </tr>
)

/** Asks for the next page while the last rows are being looked at. */
const useMoreAtEnd = (lastShown: number, size: number, more: (() => void) | undefined, busy: boolean) => {
  useEffect(() => {
    if (more && !busy && lastShown >= size - 10) more()
  }, [lastShown, size, more, busy])
}

const Rows = <R,>(props: DataTableProps<R>) => {
  const { pages, columns, idOf, selection, onOpen, label } = props
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: pages.rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const marked = useListKeys({
    ids: pages.rows.map(idOf),
    onMove: (index) => virtual.scrollToIndex(index),
    onOpen: (id) => {
      const row = pages.rows.find((each) => idOf(each) === id)
      if (row) onOpen?.(row)
    },
    onFlip: selection?.flip,
    onEscape: selection?.clear,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  useMoreAtEnd(last?.index ?? 0, pages.rows.length, pages.more, pages.moreBusy)
  const span = columns.length + (selection ? 1 : 0)
  const widthPx = columns.reduce((sum, column) => sum + widthOf(column), selection ? boxPx : 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
    <div ref={box} className={classes.box} tabIndex={0} role="group" aria-label={label}>
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={pages.more ? -1 : pages.rows.length + 1}
        aria-busy={pages.stale || undefined}
        style={{ minWidth: widthPx }}
      >
        <Head {...props} />
        <tbody>
          <Gap heightPx={first?.start ?? 0} span={span} />
          {items.map(({ index }) => {
            const row = pages.rows[index] as R
            return <Row key={idOf(row)} {...props} row={row} index={index} marked={marked === idOf(row)} />
          })}
          <Gap heightPx={virtual.getTotalSize() - (last?.end ?? 0)} span={span} />
        </tbody>
      </table>
    </div>
  )
}

/** A list of any length: only the rows in sight are drawn, and the next page is asked for while the end comes near. */
export const DataTable = <R,>(props: DataTableProps<R>) => {
  const { pages, what, empty } = props
  if (pages.problem && pages.rows.length === 0)
    return <Failure what={`${what} could not be loaded`} problem={pages.problem} retry={pages.retry} />
  if (pages.pending) return <Waiting lines={8} />
  return (
    <>
      {pages.problem && <Failure what={`${what} could not be read further`} problem={pages.problem} retry={pages.retry} />}
      {pages.rows.length === 0 ? empty : <Rows {...props} />}
    </>
  )
}
