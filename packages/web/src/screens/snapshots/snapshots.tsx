import { snapshots } from '@groundlevel/contracts'
import { Anchor, Badge, Button, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import { BulkBar } from '../../parts/list/bulk-bar.js'
import { type Column, useColumns } from '../../parts/list/columns.js'
import { DataTable } from '../../parts/list/data-table.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { usePages } from '../../parts/list/pages.js'
import { type Selection, useSelection } from '../../parts/list/selection.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { CreateSnapshot } from './create-snapshot.js'
import { changesOf, countsLine, type Entry, useBase, useCompanyId, useSubAccounts } from './words.js'

const whole = new Intl.NumberFormat('en')

const columnsOf = (base: string, nameOf: (id: string | undefined | null) => string, since: boolean): readonly Column<Entry>[] => [
  {
    id: 'name',
    label: 'Name',
    names: true,
    widthPx: 220,
    cell: (row) => (
      <Anchor component={Link} to={`${base}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
    text: ({ name }) => name,
  },
  {
    id: 'source',
    label: 'Taken of',
    widthPx: 190,
    cell: (row) =>
      row.type === 'imported' ? (
        <Badge size="sm" color="gray" c="var(--mantine-color-text)">
          Imported
        </Badge>
      ) : (
        nameOf(row.locationId)
      ),
    text: (row) => nameOf(row.locationId),
  },
  {
    id: 'assets',
    label: 'Assets',
    widthPx: 90,
    align: 'end',
    cell: ({ assetCount }) => whole.format(assetCount),
    text: ({ assetCount }) => String(assetCount),
  },
  since
    ? {
        id: 'since',
        label: 'Since the one before',
        widthPx: 260,
        cell: (row) => (row.since ? changesOf(row.since) : 'The first of this sub-account'),
        text: (row) => (row.since ? changesOf(row.since) : ''),
      }
    : {
        id: 'counts',
        label: 'Most of it',
        widthPx: 320,
        cell: ({ counts }) => countsLine(counts),
        text: ({ counts }) => countsLine(counts),
      },
  { id: 'dateAdded', label: 'Taken', widthPx: 130, cell: (row) => <When at={row.dateAdded} />, text: (row) => row.dateAdded },
]

const pageSize = 50

/** The newest first, page by page. */
const useEntries = (query: string, locationId: string) => {
  const companyId = useCompanyId()
  return usePages<Entry, string>(
    [snapshots.snapshot.history.key, 'pages', companyId, query, locationId],
    async (lastDoc, signal) => {
      const asked = { companyId, limit: pageSize, query, locationId, lastDoc } as never
      const { snapshots: rows } = await call(snapshots.snapshot.history, { query: asked }, signal)
      return { rows, next: rows.length === pageSize ? rows.at(-1)?.id : undefined }
    },
  )
}

const Compare = ({ selection, rows, base }: { selection: Selection; rows: readonly Entry[]; base: string }) => {
  // The list is newest first: what is compared with what goes by age.
  const [to, from] = rows.map(({ id }) => id).filter((id) => selection.ids.has(id))
  const two = selection.ids.size === 2 && from && to
  return (
    <BulkBar selection={selection} noun="snapshot">
      {two ? (
        <Button size="xs" component={Link} to={`${base}/compare?from=${from}&to=${to}`}>
          Compare the two
        </Button>
      ) : (
        <Button size="xs" disabled>
          Choose two to compare
        </Button>
      )}
    </BulkBar>
  )
}

/** What was set up in sub-accounts, kept to be brought into others. */
export const Snapshots = () => {
  const base = useBase()
  const navigate = useNavigate()
  const address = useListAddress()
  const [creating, { open, close }] = useDisclosure(false)
  const { choices, nameOf } = useSubAccounts()
  const locationId = address.get('location')
  const pages = useEntries(address.query, locationId)
  const columns = useColumns(locationId ? 'snapshot-history' : 'snapshots', columnsOf(base, nameOf, locationId !== ''))
  const selection = useSelection(pages.rows.map(({ id }) => id))
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New snapshot
    </Button>
  )
  const filtered = address.query !== '' || locationId !== ''
  return (
    <Page
      title="Snapshots"
      about="What is set up in a sub-account, without its people: pushed into others, shared with other agencies, compared over time."
      width={1280}
      actions={create}
    >
      <ListBar label="snapshots" address={address} columns={columns}>
        <Select
          aria-label="Sub-account"
          placeholder="Every sub-account"
          data={choices}
          value={locationId || null}
          onChange={(id) => address.set({ location: id ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': 'Every sub-account' }}
          searchable
          w={220}
        />
      </ListBar>
      <Compare selection={selection} rows={pages.rows} base={base} />
      <Card flush>
        <DataTable
          label="Snapshots"
          what="The snapshots"
          pages={pages}
          columns={columns.shown}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
          onOpen={({ id }) => void navigate(`${base}/${id}`)}
          selection={selection}
          empty={
            filtered ? (
              <Empty title="No snapshot matches">Clear the search or the filter to see all of them.</Empty>
            ) : (
              <Empty title="No snapshot yet" action={create}>
                Set up one sub-account as you like all of them to be, take a snapshot of it, and push that into the others.
              </Empty>
            )
          }
        />
      </Card>
      {creating && <CreateSnapshot locationId={locationId} onClose={close} />}
    </Page>
  )
}
