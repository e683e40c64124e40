import { contacts, workflows } from '@groundlevel/contracts'
import { Button, Drawer, Group, Select, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
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
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { nameOf } from '../contacts/contact-name.js'
import { sayDone } from '../developer/save-bar.js'
import { type Enrolment, nameOfType, type Step, statusWord } from './words.js'

const outcomes: Readonly<Record<string, string>> = {
  done: 'Done',
  skipped: 'Left out',
  failed: 'Failed',
  waiting: 'Waits',
  branch: 'Chose a way',
  ended: 'Ended',
}

interface StepRow {
  readonly number: number | null
  readonly type: string | null
  readonly outcome: Step['outcome'] | null
  readonly reason: string | null
  readonly at: string | null
}

/** What was done, one line a step, with the reason of each way. */
export const StepTable = ({ steps }: { steps: readonly StepRow[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={parts.scroll} tabIndex={0} role="group" aria-label="Steps that were done">
    <Table miw={420}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Step</Table.Th>
          <Table.Th>Outcome</Table.Th>
          <Table.Th>Why</Table.Th>
          <Table.Th>When</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {steps.map(({ number, type, outcome, reason, at }) => (
          <Table.Tr key={number}>
            <Table.Td>{nameOfType(type)}</Table.Td>
            <Table.Td>{outcomes[outcome ?? ''] ?? outcome}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{reason}</Table.Td>
            <Table.Td>{at && <When at={at} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
)

/** The name of the contact of one row. */
const Who = ({ id }: { id: string }) => {
  const found = useAsk(contacts.contact.get, { contactId: id })
  return found.data ? nameOf(found.data.contact) : found.isError ? id : '…'
}

const columns: readonly Column<Enrolment>[] = [
  { id: 'contact', label: 'Contact', names: true, widthPx: 200, cell: ({ contactId }) => <Who id={contactId ?? ''} /> },
  { id: 'status', label: 'State', widthPx: 120, cell: ({ status }) => statusWord(status) },
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

const Way = ({ workflowId, row, onClose }: { workflowId: string; row: Enrolment; onClose: () => void }) => {
  const found = useAsk(workflows.enrolments.get, { workflowId, enrolmentId: row.id ?? '' }, { everyMs: 4_000 })
  const take = useSend(contacts.workflow.remove, () => {
    sayDone('Taken out')
    onClose()
  })
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title="The way through">
      <Loaded from={found} what="The history" waiting={<Waiting lines={5} />}>
        {({ enrolment, steps }) => (
          <Stack gap="md">
            <Text size="sm">
              <Who id={enrolment.contactId} />: {statusWord(enrolment.status)}
              {enrolment.reason && `. ${enrolment.reason}`}
            </Text>
            <StepTable steps={steps} />
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
        )}
      </Loaded>
    </Drawer>
  )
}

const pageSize = 50

/** Who is in a workflow and who was, with the way of each. */
export const Runs = ({ workflowId }: { workflowId: string }) => {
  const address = useListAddress()
  const status = address.get('status')
  const [opened, setOpened] = useState<Enrolment>()
  const pages = usePages<Enrolment, number>(
    [workflows.enrolments.list.key, 'pages', workflowId, status],
    async (after, signal) => {
      const skip = after ?? 0
      const query = { limit: pageSize, skip, ...(status ? { status: status as 'active' } : {}) }
      const { enrolments, total } = await call(workflows.enrolments.list, { workflowId, query }, signal)
      const next = skip + enrolments.length
      return { rows: enrolments, total, next: enrolments.length > 0 && next < total ? next : undefined }
    },
    { everyMs: 5_000 },
  )
  const names = ['active', 'completed', 'stopped', 'removed', 'failed', 'refused']
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Select
          aria-label="State"
          placeholder="Every state"
          data={names.map((value) => ({ value, label: statusWord(value) }))}
          value={status || null}
          onChange={(value) => address.set({ status: value ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': 'Every state' }}
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
          nameOf={({ contactId }) => contactId ?? ''}
          onOpen={setOpened}
          empty={<Empty title="Nobody came in yet">Publish it, then do what begins it, or put a contact in by hand.</Empty>}
        />
      </Card>
      {opened && <Way workflowId={workflowId} row={opened} onClose={() => setOpened(undefined)} />}
    </Stack>
  )
}

/** What it would do with a contact, and the act of putting that contact in. */
export const TryOut = ({ workflowId, published }: { workflowId: string; published: boolean }) => {
  const [contactId, setContactId] = useState('')
  const dry = useSend(workflows.workflow.tryOut)
  const enrol = useSend(contacts.workflow.add, () => sayDone('The contact is in the workflow'))
  const problem = dry.error ?? enrol.error
  return (
    <Card title="Try it" about="Nothing is done: you see what would happen with this contact now.">
      <Stack gap="md">
        <ContactChoice label="Contact" value={contactId} onChange={setContactId} />
        <Group gap="xs">
          <Button disabled={!contactId} loading={dry.isPending} onClick={() => dry.mutate({ workflowId, body: { contactId } })}>
            Try it
          </Button>
          <Button
            variant="default"
            disabled={!contactId || !published}
            loading={enrol.isPending}
            onClick={() => enrol.mutate({ contactId, workflowId, body: {} })}
          >
            Put the contact in
          </Button>
          {!published && (
            <Text size="xs" c="dimmed">
              Contacts can be put in once it is published.
            </Text>
          )}
        </Group>
        {problem && <Failure what="That did not work" problem={problem} focus />}
        {dry.data && <StepTable steps={dry.data.steps} />}
      </Stack>
    </Card>
  )
}
