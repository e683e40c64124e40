import { snapshots } from '@groundlevel/contracts'
import { ActionIcon, Anchor, Button, Group, Select, Table, Text, Tooltip } from '@mantine/core'
import { IconArrowsExchange, IconDownload } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { csvOf, download } from '../../parts/list/csv.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { ChangeList } from './change-list.js'
import classes from './snapshots.module.css'
import { type Change, type Changes, changesOf, inOrder, kindName, useBase, useCompanyId, useSubAccounts } from './words.js'

const columns = [
  { id: 'kind', label: 'Kind', cell: () => '', text: ({ kind }: Change) => kindName(kind) },
  { id: 'name', label: 'Name', cell: () => '', text: ({ name }: Change) => name },
  { id: 'change', label: 'Change', cell: () => '', text: ({ change }: Change) => change },
  {
    id: 'values',
    label: 'Values',
    cell: () => '',
    text: ({ differences }: Change) =>
      differences.map(({ path, before, after }) => `${path}: ${before || '(nothing)'} → ${after || '(nothing)'}`).join('; '),
  },
]

const dayName = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' })

/** When what is new or different was last changed. */
const Days = ({ byDay }: Pick<Changes, 'byDay'>) => {
  const highest = Math.max(1, ...byDay.map(({ count }) => count))
  const nameOf = (day: string | undefined) => (day ? dayName.format(new Date(day)) : '')
  const [first, last] = [nameOf(byDay[0]?.day), nameOf(byDay.at(-1)?.day)]
  return (
    <>
      <ol className={classes.days} aria-label="Changes by day">
        {byDay.map(({ day, count }) => {
          const label = `${nameOf(day)}: ${count}`
          return <li key={day} title={label} aria-label={label} style={{ height: `${(count / highest) * 72}px` }} />
        })}
      </ol>
      <Text size="xs" c="dimmed" mt={6}>
        {first === last ? first : `${first} to ${last}`}, at most {highest} a day
      </Text>
    </>
  )
}

const Kinds = ({ byKind }: Pick<Changes, 'byKind'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={parts.scroll} tabIndex={0} role="group" aria-label="Changes by kind">
    <Table miw={360}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Kind</Table.Th>
          {['Added', 'Removed', 'Changed'].map((each) => (
            <Table.Th key={each} ta="right">
              {each}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {inOrder(byKind.map(({ kind }) => kind)).map((kind) => {
          const counts = byKind.find((each) => each.kind === kind)
          return (
            <Table.Tr key={kind}>
              <Table.Td>{kindName(kind)}</Table.Td>
              <Table.Td ta="right">{counts?.added}</Table.Td>
              <Table.Td ta="right">{counts?.removed}</Table.Td>
              <Table.Td ta="right">{counts?.changed}</Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  </div>
)

const Report = ({ found }: { found: Changes }) => {
  const base = useBase()
  const exported = () => download(`${found.from.name} to ${found.to.name}.csv`, ['\uFEFF', csvOf(columns, found.changes)])
  const actions = (
    <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={exported}>
      Export
    </Button>
  )
  if (found.changes.length === 0)
    return (
      <Card>
        <Empty title="They are set up alike">Nothing was added, removed or changed from the one to the other.</Empty>
      </Card>
    )
  return (
    <>
      <div className={classes.columns}>
        <Card title={changesOf(found.counts)} flush>
          <Kinds byKind={found.byKind} />
        </Card>
        <Card title="By day" about="When what is new or different was last changed (UTC).">
          {found.byDay.length > 0 ? (
            <Days byDay={found.byDay} />
          ) : (
            <Text size="sm" c="dimmed">
              Only removals, which have no day.
            </Text>
          )}
        </Card>
      </div>
      <Card
        title="Changes"
        actions={actions}
        about={
          <>
            From{' '}
            <Anchor component={Link} size="sm" to={`${base}/${found.from.id}`}>
              {found.from.name}
            </Anchor>{' '}
            to{' '}
            <Anchor component={Link} size="sm" to={`${base}/${found.to.id}`}>
              {found.to.name}
            </Anchor>
          </>
        }
        flush
      >
        <ChangeList changes={found.changes} />
      </Card>
    </>
  )
}

const useChoices = () => {
  const companyId = useCompanyId()
  const { nameOf } = useSubAccounts()
  const found = useAsk(snapshots.snapshot.history, { query: { companyId, limit: 100 } })
  return (found.data?.snapshots ?? []).map((entry) => ({
    value: entry.id,
    label: `${entry.name} · ${entry.type === 'imported' ? 'imported' : nameOf(entry.locationId)} · ${entry.dateAdded.slice(0, 10)}`,
  }))
}

/** What changed from one snapshot to another. */
export const CompareSnapshots = () => {
  const companyId = useCompanyId()
  const [search, setSearch] = useSearchParams()
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? '']
  const choices = useChoices()
  const both = from !== '' && to !== ''
  const input = { snapshotId: from, otherId: to, query: { companyId } }
  const found = useAsk(snapshots.snapshot.compare, input, { enabled: both, keep: true })
  const choose = (next: { from?: string; to?: string }) => setSearch({ from, to, ...next }, { replace: true })
  const select = (name: 'from' | 'to', label: string) => (
    <Select
      label={label}
      placeholder="Choose a snapshot"
      data={choices}
      value={search.get(name)}
      onChange={(id) => choose({ [name]: id ?? '' })}
      searchable
      flex="1 1 240px"
    />
  )
  return (
    <Page title="Compare snapshots" width={1280}>
      <Group align="flex-end" gap="xs">
        {select('from', 'From')}
        <Tooltip label="Swap">
          <ActionIcon variant="default" size={36} aria-label="Swap the two" onClick={() => choose({ from: to, to: from })}>
            <IconArrowsExchange size={16} />
          </ActionIcon>
        </Tooltip>
        {select('to', 'To')}
      </Group>
      {both ? (
        <Loaded from={found} what="The comparison">
          {(data) => <Report key={`${from} ${to}`} found={data} />}
        </Loaded>
      ) : (
        <Card>
          <Empty title="Choose two snapshots">
            Of one sub-account they tell what changed in between; of two, how differently they are set up.
          </Empty>
        </Card>
      )}
    </Page>
  )
}
