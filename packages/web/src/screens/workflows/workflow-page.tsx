import { workflows } from '@groundlevel/contracts'
import { Badge, Button, Group, Stack, Tabs, Text } from '@mantine/core'
import { useParams, useSearchParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Page } from '../../parts/page.js'
import { sayDone } from '../developer/save-bar.js'
import { Definition } from './definition.js'
import { Runs, TryOut } from './runs.js'
import { statusWord, type Workflow } from './words.js'

const tabs = ['definition', 'try', 'runs'] as const

const Tabbed = ({ row }: { row: Workflow }) => {
  const [search, setSearch] = useSearchParams()
  const tab = tabs.find((each) => each === search.get('tab')) ?? 'definition'
  return (
    <Tabs
      value={tab}
      onChange={(next) => setSearch(next === 'definition' ? {} : { tab: next ?? '' }, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="definition">Definition</Tabs.Tab>
        <Tabs.Tab value="try">Try it</Tabs.Tab>
        <Tabs.Tab value="runs">Runs</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="definition">
        <Definition key={row.id} row={row} />
      </Tabs.Panel>
      <Tabs.Panel value="try">
        <TryOut workflowId={row.id} published={row.status === 'published'} />
      </Tabs.Panel>
      <Tabs.Panel value="runs">
        <Runs workflowId={row.id} />
      </Tabs.Panel>
    </Tabs>
  )
}

const Publish = ({ row }: { row: Workflow }) => {
  const published = row.status === 'published'
  const update = useSend(workflows.workflow.update, () => sayDone(published ? 'It is a draft again' : 'It is published'))
  const status = published ? ('draft' as const) : ('published' as const)
  return (
    <Stack gap="xs" align="flex-end">
      <Button
        variant={published ? 'default' : 'filled'}
        loading={update.isPending}
        onClick={() => update.mutate({ workflowId: row.id, body: { status } })}
      >
        {published ? 'Back to draft' : 'Publish'}
      </Button>
      {update.error && <Failure what="It stays as it was" problem={update.error} focus />}
    </Stack>
  )
}

const Facts = ({ row }: { row: Workflow }) => (
  <Group gap="xs">
    <Badge color={row.status === 'published' ? 'green' : 'gray'} c="var(--mantine-color-text)">
      {statusWord(row.status)}
    </Badge>
    <Text span size="sm">
      version {row.version}
    </Text>
    <Id value={row.id} what="workflow id" />
  </Group>
)

/** One workflow: what it does, what it would do, what it did. */
export const WorkflowPage = () => {
  const { workflowId = '' } = useParams()
  const found = useAsk(workflows.workflow.get, { workflowId })
  return (
    <Loaded from={found} what="The workflow" waiting={<Waiting lines={8} />}>
      {({ workflow }) => (
        <Page title={workflow.name} width={1400} about={<Facts row={workflow} />} actions={<Publish row={workflow} />}>
          <Tabbed row={workflow} />
        </Page>
      )}
    </Loaded>
  )
}
