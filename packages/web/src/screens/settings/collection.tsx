import { ActionIcon, Anchor, Button, Group, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import { type Column, useColumns } from '../../parts/list/columns.js'
import { countOf } from '../../parts/list/count.js'
import { useCsvExport } from '../../parts/list/csv.js'
import { DataTable } from '../../parts/list/data-table.js'
import { ListBar } from '../../parts/list/list-bar.js'
import type { Pages } from '../../parts/list/pages.js'
import { Card, Page } from '../../parts/page.js'
import { shownRows } from './local-rows.js'

interface CollectionProps<R> {
  /** Of the list in the browser's memory and of the exported file. */
  readonly name: string
  readonly title: string
  readonly about: ReactNode
  /** "tag", and its plural where an s is not enough. */
  readonly noun: string
  readonly plural?: string
  readonly pages: Pages<R>
  readonly columns: readonly Column<R>[]
  readonly idOf: (row: R) => string
  readonly nameOf: (row: R) => string
  /** What a search looks through. */
  readonly words: (row: R) => string
  /** What to do first, where there is nothing yet. */
  readonly first: ReactNode
  /** The form of one row, or of a new one. Absent: the list is only read. */
  readonly form?: ((row: R | undefined, close: () => void) => ReactNode) | undefined
  /** False: the form only makes new ones, rows are changed where they open. */
  readonly edits?: boolean
  /** False: rows come about elsewhere, the form only changes them. */
  readonly adds?: boolean
  readonly removal?: ((row: R, close: () => void) => ReactNode) | undefined
  /** Where a row has a page of its own: its name leads there, instead of to the form. */
  readonly to?: ((row: R) => string) | undefined
  /** Instead of the form, where a row opens in no page of its own. */
  readonly onOpen?: ((row: R) => void) | undefined
  readonly filters?: ReactNode
  readonly actions?: ReactNode
}

type Act<R> = { readonly act: 'edit'; readonly row: R | undefined } | { readonly act: 'remove'; readonly row: R }

const RowAct = ({ label, icon: Icon, onClick }: { label: string; icon: typeof IconPencil; onClick: () => void }) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" aria-label={label} onClick={onClick}>
      <Icon size={15} />
    </ActionIcon>
  </Tooltip>
)

const actsColumn = <R,>({ form, edits = true, removal, nameOf }: CollectionProps<R>, act: (act: Act<R>) => void): Column<R>[] =>
  (form && edits) || removal
    ? [
        {
          id: 'acts',
          label: 'Actions',
          widthPx: 88,
          align: 'end',
          pinned: true,
          cell: (row) => (
            <Group gap={4} justify="flex-end" wrap="nowrap">
              {form && edits && (
                <RowAct label={`Edit ${nameOf(row)}`} icon={IconPencil} onClick={() => act({ act: 'edit', row })} />
              )}
              {removal && <RowAct label={`Delete ${nameOf(row)}`} icon={IconTrash} onClick={() => act({ act: 'remove', row })} />}
            </Group>
          ),
        },
      ]
    : []

const linked = <R,>({ columns, to }: CollectionProps<R>): readonly Column<R>[] =>
  to
    ? columns.map((column) =>
        column.names
          ? {
              ...column,
              cell: (row: R) => (
                <Anchor component={Link} to={to(row)} size="sm" fw={500}>
                  {column.cell(row)}
                </Anchor>
              ),
            }
          : column,
      )
    : columns

/** A short list of things of one kind: found, sorted, exported, created, changed and deleted in one place. */
export const Collection = <R,>(props: CollectionProps<R>) => {
  const {
    name,
    title,
    about,
    noun,
    plural = `${noun}s`,
    pages,
    columns,
    idOf,
    nameOf,
    words,
    form,
    adds = true,
    removal,
    to,
  } = props
  const navigate = useNavigate()
  const address = useListAddress()
  const shown = useColumns(name, linked(props))
  const rows = shownRows(pages.rows, columns, address, words)
  const exporting = useCsvExport(name, shown.shown, async function* () {
    yield rows
  })
  const [doing, setDoing] = useState<Act<R>>()
  const close = () => setDoing(undefined)
  const add = form && adds && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setDoing({ act: 'edit', row: undefined })}>
      New {noun}
    </Button>
  )
  const edit = form && ((row: R) => setDoing({ act: 'edit', row }))
  const empty =
    pages.rows.length > 0 ? (
      <Empty title={`No ${noun} matches`}>Clear the search or the filters to see all {pages.rows.length}.</Empty>
    ) : (
      <Empty title={`No ${noun} yet`} action={add ?? props.actions}>
        {props.first}
      </Empty>
    )
  const actions = (
    <Group gap="xs">
      {props.actions}
      {add}
    </Group>
  )
  return (
    <Page title={title} about={about} actions={actions}>
      <ListBar
        label={plural}
        address={address}
        columns={shown}
        exporting={exporting}
        count={pages.pending || pages.problem ? undefined : countOf(rows.length, noun, { counted: true, plural })}
      >
        {props.filters}
      </ListBar>
      <Card flush>
        <DataTable
          label={title}
          what={`The ${plural}`}
          pages={{ ...pages, rows }}
          columns={[...shown.shown, ...actsColumn(props, setDoing)]}
          idOf={idOf}
          nameOf={nameOf}
          sort={address.sort}
          onSort={address.setSort}
          onOpen={props.onOpen ?? (to ? (row) => void navigate(to(row)) : edit)}
          empty={empty}
        />
      </Card>
      {doing?.act === 'edit' && form?.(doing.row, close)}
      {doing?.act === 'remove' && removal?.(doing.row, close)}
    </Page>
  )
}
