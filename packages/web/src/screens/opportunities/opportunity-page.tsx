import { opportunities } from '@groundlevel/contracts'
import { Anchor, Badge, Button, Group, MultiSelect, Stack, Tabs, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { FormProblem } from '../../parts/form-problem.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { ContactMessages } from '../contacts/contact-messages.js'
import { ContactNotes } from '../contacts/contact-notes.js'
import { ContactTasks } from '../contacts/contact-tasks.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { bodyOf, OpportunityFields, valuesOf } from './fields.js'
import classes from './opportunity.module.css'
import { OpportunityCustomFields } from './opportunity-fields.js'
import {
  isStatus,
  type Opportunity,
  type Pipeline,
  statusColours,
  statusNames,
  useBase,
  useMoney,
  useOpportunity,
  usePipelines,
} from './words.js'

const Editor = ({ row, pipelines }: { row: Opportunity; pipelines: readonly Pipeline[] }) => {
  const { form, options, names } = useRecordForm(valuesOf(row, undefined))
  const update = useSend(opportunities.opportunity.update, () => {
    form.setInitialValues(form.getValues())
    form.resetDirty()
    sayDone('Saved')
  })
  const send = form.onSubmit((values) => update.mutate({ id: row.id, body: bodyOf(values) }, options))
  return (
    <form onSubmit={send} noValidate>
      <Card title="Details">
        <Stack gap="md">
          <OpportunityFields form={form} pipelines={pipelines} />
          <FormProblem what="The opportunity was not saved" problem={update.error} names={names} />
          <SaveBar dirty={form.isDirty()} busy={update.isPending} onUndo={form.reset} />
        </Stack>
      </Card>
    </form>
  )
}

const Person = ({ row }: { row: Opportunity }) => {
  const locationId = useLocationId()
  const { contact } = row
  return (
    <Card title="Contact">
      <Stack gap={4}>
        <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${row.contactId}`} size="sm" fw={500}>
          {contact?.name || contact?.email || contact?.phone || 'Nameless contact'}
        </Anchor>
        {[contact?.companyName, contact?.email, contact?.phone].map(
          (text) =>
            text && (
              <Text key={text} size="sm">
                {text}
              </Text>
            ),
        )}
      </Stack>
    </Card>
  )
}

const Followers = ({ row }: { row: Opportunity }) => {
  const { users, nameOfUser } = useUsers()
  const add = useSend(opportunities.followers.add)
  const remove = useSend(opportunities.followers.remove)
  const problem = add.error ?? remove.error
  const known = [...users.map(({ id }) => id ?? ''), ...row.followers]
  const change = (next: string[]) => {
    const [added] = next.filter((id) => !row.followers.includes(id))
    const gone = row.followers.filter((id) => !next.includes(id))
    if (added) add.mutate({ id: row.id, body: { followers: [added] } })
    if (gone.length > 0) remove.mutate({ id: row.id, query: {}, body: { followers: gone } })
  }
  return (
    <Card title="Followers">
      <Stack gap="sm">
        <MultiSelect
          aria-label="Followers"
          placeholder={row.followers.length === 0 ? 'Nobody follows it' : ''}
          data={[...new Set(known)].map((id) => ({ value: id, label: nameOfUser(id) }))}
          value={row.followers}
          onChange={change}
          disabled={add.isPending || remove.isPending}
          searchable
        />
        {problem && <Failure what="The followers were not changed" problem={problem} focus />}
      </Stack>
    </Card>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <Text component="dt" size="sm" c="dimmed">
      {label}
    </Text>
    <Text component="dd" size="sm" m={0}>
      {children}
    </Text>
  </div>
)

const sources: Readonly<Record<string, string>> = { WEB_USER: 'a person', INTEGRATION: 'an app', WORKFLOW: 'a workflow' }

const History = ({ row }: { row: Opportunity }) => {
  const money = useMoney()
  const { forecastSlippageCount: slips, forecastDaysSlipped: days, internalSource } = row
  const chance = row.effectiveProbability ?? 0
  return (
    <Card title="History">
      <dl className={classes.facts}>
        <Fact label="Created">
          <When at={row.createdAt} />
          {internalSource &&
            ` by ${sources[internalSource.source ?? ''] ?? internalSource.type.toLowerCase().replaceAll('_', ' ')}`}
        </Fact>
        <Fact label="Changed">
          <When at={row.updatedAt} />
        </Fact>
        <Fact label="In this stage since">
          <When at={row.lastStageChangeAt} />
        </Fact>
        <Fact label="In this status since">
          <When at={row.lastStatusChangeAt} />
        </Fact>
        <Fact label="Worth by probability">
          {money(Math.round(row.monetaryValue * chance) / 100)} ({Math.round(chance)} %)
        </Fact>
        {row.forecastOriginalCloseDate && (
          <Fact label="First expected to close">{row.forecastOriginalCloseDate.slice(0, 10)}</Fact>
        )}
        {slips > 0 && (
          <Fact label="Put off">{`${slips === 1 ? 'once' : `${slips} times`}, ${days === 1 ? '1 day' : `${days} days`} in all`}</Fact>
        )}
      </dl>
    </Card>
  )
}

/** What hangs on the contact: a deal is talked about there. */
const Talk = ({ row }: { row: Opportunity }) => (
  <Tabs defaultValue="notes" keepMounted={false}>
    <Tabs.List mb="md">
      <Tabs.Tab value="notes">Notes</Tabs.Tab>
      <Tabs.Tab value="tasks">Tasks</Tabs.Tab>
      <Tabs.Tab value="messages">Messages</Tabs.Tab>
    </Tabs.List>
    <Tabs.Panel value="notes">
      <ContactNotes contactId={row.contactId} />
    </Tabs.Panel>
    <Tabs.Panel value="tasks">
      <ContactTasks contactId={row.contactId} />
    </Tabs.Panel>
    <Tabs.Panel value="messages">
      <ContactMessages contact={{ id: row.contactId }} />
    </Tabs.Panel>
  </Tabs>
)

const Remove = ({ row, onClose }: { row: Opportunity; onClose: () => void }) => {
  const navigate = useNavigate()
  const base = useBase()
  const send = useSend(opportunities.opportunity.remove, () => void navigate(base))
  return (
    <Removal name={row.name} send={send} input={{ id: row.id }} onClose={onClose}>
      Its value leaves the sums of the board; the contact stays. This cannot be undone.
    </Removal>
  )
}

const Details = ({ row, pipelines }: { row: Opportunity; pipelines: readonly Pipeline[] }) => {
  const [removing, setRemoving] = useState(false)
  const status = isStatus(row.status) ? row.status : 'open'
  const about = (
    <Group gap="xs">
      <Badge color={statusColours[status]} c="var(--mantine-color-text)">
        {statusNames[status]}
      </Badge>
      <Id value={row.id} what="opportunity id" />
    </Group>
  )
  const remove = (
    <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
      Delete
    </Button>
  )
  return (
    <Page title={row.name} about={about} actions={remove}>
      <div className={classes.columns}>
        <Stack gap="md" style={{ minWidth: 0 }}>
          <Editor key={row.id} row={row} pipelines={pipelines} />
          <Talk row={row} />
        </Stack>
        <Stack gap="md">
          <Person row={row} />
          <OpportunityCustomFields row={row} />
          <Followers row={row} />
          <History row={row} />
        </Stack>
      </div>
      {removing && <Remove row={row} onClose={() => setRemoving(false)} />}
    </Page>
  )
}

/** One opportunity. */
export const OpportunityPage = () => {
  const found = useOpportunity()
  const pipelines = usePipelines()
  return (
    <Loaded from={found} what="The opportunity" waiting={<Waiting lines={8} />}>
      {({ opportunity }) => (
        <Loaded from={pipelines} what="The pipelines">
          {(data) => <Details key={opportunity.id} row={opportunity} pipelines={data.pipelines} />}
        </Loaded>
      )}
    </Loaded>
  )
}
