import { Button, Group, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconSettings } from '@tabler/icons-react'
import { Link } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { type ListAddress, useListAddress } from '../../parts/list/address.js'
import { countOf } from '../../parts/list/count.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { Board } from './board.js'
import { CreateOpportunity } from './create-opportunity.js'
import { type BoardQuestion, useSums } from './use-board.js'
import { type Pipeline, statusNames, useBase, useMoney, usePipelines } from './words.js'

const sorts = [
  { value: 'date_added.desc', label: 'Newest first' },
  { value: 'date_updated.desc', label: 'Changed last' },
  { value: 'last_stage_change_date.asc', label: 'Longest in the stage' },
  { value: 'monetary_value.desc', label: 'Highest value' },
  { value: 'name.asc', label: 'Name' },
]

const statuses = [
  { value: 'all', label: 'Every status' },
  ...Object.entries(statusNames).map(([value, label]) => ({ value, label })),
]

/** What the address asks for. */
const questionOf = (address: ListAddress, locationId: string, pipelineId: string): BoardQuestion => {
  const { by = 'date_added', direction = 'desc' } = address.sort ?? {}
  return {
    locationId,
    pipelineId,
    query: address.query,
    status: address.get('status') || 'open',
    assignedTo: address.get('user'),
    sort: { field: by, direction },
  }
}

const Filters = ({
  address,
  pipelines,
  pipelineId,
}: {
  address: ListAddress
  pipelines: readonly Pipeline[]
  pipelineId: string
}) => {
  const { users } = useUsers()
  return (
    <>
      <Select
        aria-label="Pipeline"
        data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
        value={pipelineId}
        onChange={(id) => id && address.set({ pipeline: id })}
        allowDeselect={false}
        w={190}
      />
      <Select
        aria-label="Status"
        data={statuses}
        value={address.get('status') || 'open'}
        onChange={(status) => address.set({ status: status === 'open' ? '' : (status ?? '') })}
        allowDeselect={false}
        w={140}
      />
      <Select
        aria-label="Assigned to"
        placeholder="Anybody"
        data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
        value={address.get('user') || null}
        onChange={(id) => address.set({ user: id ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Assigned to anybody' }}
        searchable
        w={170}
      />
      <Select
        aria-label="Order"
        data={sorts}
        value={address.sort ? `${address.sort.by}.${address.sort.direction}` : 'date_added.desc'}
        onChange={(sort) => address.set({ sort: sort === 'date_added.desc' ? '' : (sort ?? '') })}
        allowDeselect={false}
        w={180}
      />
    </>
  )
}

const Shown = ({ pipelines }: { pipelines: readonly Pipeline[] }) => {
  const locationId = useLocationId()
  const address = useListAddress()
  const pipeline = pipelines.find(({ id }) => id === address.get('pipeline')) ?? pipelines[0]
  const question = questionOf(address, locationId, pipeline?.id ?? '')
  const { data } = useSums(question)
  const money = useMoney()
  if (!pipeline) return null
  const { total, aggregations } = data ?? {}
  return (
    <>
      <ListBar
        label="opportunities"
        address={address}
        count={
          total === undefined || !aggregations
            ? undefined
            : `${countOf(total, 'opportunity', { counted: true, plural: 'opportunities' })} worth ${money(aggregations.totalValue)}, by probability ${money(aggregations.weightedValue)}`
        }
      >
        <Filters address={address} pipelines={pipelines} pipelineId={pipeline.id} />
      </ListBar>
      <Board key={pipeline.id} pipeline={pipeline} question={question} />
    </>
  )
}

const NoPipeline = ({ base }: { base: string }) => (
  <Card>
    <Empty
      title="No pipeline yet"
      action={
        <Button component={Link} to={`${base}/pipelines`}>
          Create a pipeline
        </Button>
      }
    >
      A pipeline has the stages that a deal goes through. Create the first one, or let an app with the scope opportunities.write
      do it.
    </Empty>
  </Card>
)

/** Deals of the sub-account on their way through a pipeline. */
export const Opportunities = () => {
  const base = useBase()
  const found = usePipelines()
  const [creating, { open, close }] = useDisclosure(false)
  const pipelines = found.data?.pipelines ?? []
  const actions = (
    <Group gap="xs">
      <Button component={Link} to={`${base}/pipelines`} variant="default" leftSection={<IconSettings size={16} />}>
        Pipelines
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={open} disabled={pipelines.length === 0}>
        New opportunity
      </Button>
    </Group>
  )
  return (
    <Page title="Opportunities" width={1800} actions={actions}>
      <Loaded from={found} what="The pipelines" waiting={<Waiting lines={6} />}>
        {(data) => (data.pipelines.length === 0 ? <NoPipeline base={base} /> : <Shown pipelines={data.pipelines} />)}
      </Loaded>
      {found.data && pipelines.length > 0 && (
        <Text size="xs" c="dimmed" visibleFrom="sm">
          Drag a card to another stage, or focus it and press space, then the arrows.
        </Text>
      )}
      {creating && <CreateOpportunity pipelines={pipelines} onClose={close} />}
    </Page>
  )
}
