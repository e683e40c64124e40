import { contacts, workflows } from '@groundlevel/contracts'
import { Anchor, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { call, useAsk, useSend } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { countOf } from '../../parts/list/count.js'
import { DataTable } from '../../parts/list/data-table.js'
import { usePages } from '../../parts/list/pages.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { nameOf } from '../contacts/contact-name.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { WayThrough } from './way-through.js'
import { type Enrolment, stateOf, statusWord, type Workflow } from './words.js'

/** To the contact's own page. */
const ContactLink = ({ contactId, name }: { contactId: string | null; name: string }) => (
  <Anchor component={Link} to={`/portal/sub-account/${useLocationId()}/contacts/${contactId}`} size="sm">
    {name}
  </Anchor>
)

/** To the way of one run through the workflow. */
const RunLink = ({ row }: { row: Enrolment }) => {
  const [search] = useSearchParams()
  const to = new URLSearchParams(search)
  to.set('run', row.id ?? '')
  return (
    <Anchor component={Link} to={`?${to}`} size="sm" aria-label={`${stateOf(row)}: the run of ${nameOf(row)}`}>
      {stateOf(row)}
    </Anchor>
  )
}

const columns: readonly Column<Enrolment>[] = [
  {
    id: 'contact',
    label: 'Contact',
    names: true,
    widthPx: 200,
    cell: (row) => <ContactLink contactId={row.contactId} name={nameOf(row)} />,
  },
  { id: 'status', label: 'State', widthPx: 180, cell: (row) => <RunLink row={row} /> },
  { id: 'startedAt', label: 'Came in', widthPx: 130, cell: ({ startedAt }) => startedAt && <When at={startedAt} /> },
  {
    id: 'next',
    label: 'Goes on',
    widthPx: 150,
    cell: ({ dueAt, waitingFor }) => (dueAt ? <When at={dueAt} /> : waitingFor === 'reply' ? 'when they answer' : waitingFor),
  },
  { id: 'steps', label: 'Steps', widthPx: 80, align: 'end', cell: ({ steps }) => steps },
  { id: 'reason', label: 'Why', widthPx: 260, cell: ({ reason }) => reason },
]

const Way = ({ row, enrolmentId, onClose }: { row: Workflow; enrolmentId: string; onClose: () => void }) => {
  const workflowId = row.id
  const found = useAsk(workflows.enrolments.get, { workflowId, enrolmentId }, { everyMs: 4_000 })
  const take = useSend(contacts.workflow.remove, () => sayDone('Taken out'))
  return (
    <Stack gap="md">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconArrowLeft size={15} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={onClose}
      >
        All runs
      </Button>
      <Loaded from={found} what="The history" waiting={<Waiting lines={5} />}>
        {({ enrolment, steps }) => (
          <WayThrough row={row} steps={steps} title="The way through" contactId={enrolment.contactId ?? ''}>
            <Stack gap="md" mb="md">
              <Text size="sm">
                <ContactLink contactId={enrolment.contactId} name={nameOf(enrolment)} />: {stateOf(enrolment)}
                {enrolment.reason && `. ${enrolment.reason}`}
              </Text>
              {enrolment.status === 'active' && (
                <Button
                  variant="default"
                  style={{ alignSelf: 'flex-start' }}
                  loading={take.isPending}
                  onClick={() => take.mutate({ contactId: enrolment.contactId, workflowId })}
                >
                  Take out of the workflow
                </Button>
              )}
              {take.error && <Failure what="The contact is still in it" problem={take.error} focus />}
            </Stack>
          </WayThrough>
        )}
      </Loaded>
    </Stack>
  )
}

const pageSize = 50

const states = ['active', 'completed', 'stopped', 'removed', 'failed', 'refused'] as const

const useRuns = (workflowId: string, status: string, contactId: string) =>
  usePages<Enrolment, number>(
    [workflows.enrolments.list.key, 'pages', workflowId, status, contactId],
    async (after, signal) => {
      const skip = after ?? 0
      const given = { ...(status ? { status: status as 'active' } : {}), ...(contactId ? { contactId } : {}) }
      const { enrolments, total } = await call(
        workflows.enrolments.list,
        { workflowId, query: { limit: pageSize, skip, ...given } },
        signal,
      )
      const next = skip + enrolments.length
      return { rows: enrolments, total, next: enrolments.length > 0 && next < total ? next : undefined }
    },
    { everyMs: 5_000 },
  )

/** Who is in a workflow and who was, with the way of each. */
export const Runs = ({ row }: { row: Workflow }) => {
  const address = useListAddress()
  const [status, contactId, run] = [address.get('status'), address.get('contact'), address.get('run')]
  const pages = useRuns(row.id, status, contactId)
  const found = useAsk(workflows.workflow.statistics, { workflowId: row.id }, { everyMs: 5_000 })
  const numbers = found.data?.statistics.enrolments
  if (run) return <Way row={row} enrolmentId={run} onClose={() => address.set({ run: '' })} />
  return (
    <Stack gap="md">
      <Group gap="xs" align="flex-end">
        <Select
          label="State"
          placeholder="Every state"
          data={states.map((value) => ({ value, label: `${statusWord(value)}${numbers ? ` (${numbers[value]})` : ''}` }))}
          value={status || null}
          onChange={(value) => address.set({ status: value ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': 'Every state' }}
        />
        <ContactChoice
          label="Contact"
          placeholder="Everybody"
          value={contactId}
          known={contactId}
          onChange={(id) => address.set({ contact: id })}
        />
        <Text size="sm" c="dimmed" role="status">
          {pages.total === undefined ? '' : countOf(pages.total, 'run')}
        </Text>
      </Group>
      <Card flush>
        <DataTable
          label="Runs"
          what="The runs"
          pages={pages}
          columns={columns}
          idOf={({ id }) => id ?? ''}
          nameOf={nameOf}
          onOpen={({ id }) => address.set({ run: id ?? '' })}
          empty={
            status || contactId ? (
              <Empty title="No run matches">Choose every state and everybody to see all.</Empty>
            ) : (
              <Empty title="Nobody came in yet">Publish it, then do what begins it, or put a contact in by hand.</Empty>
            )
          }
        />
      </Card>
    </Stack>
  )
}
