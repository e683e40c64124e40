import { contacts, workflows } from '@groundlevel/contracts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card } from '../../parts/page.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { sayDone } from '../developer/save-bar.js'
import { WayThrough } from './way-through.js'
import type { Workflow } from './words.js'

/** What it would do with a contact, and the act of putting that contact in. */
export const TryOut = ({ row, dirty }: { row: Workflow; dirty: boolean }) => {
  const workflowId = row.id
  const published = row.status === 'published'
  const [contactId, setContactId] = useState('')
  const dry = useSend(workflows.workflow.tryOut)
  const enrol = useSend(contacts.workflow.add, () => sayDone('The contact is in the workflow'))
  const problem = dry.error ?? enrol.error
  const choose = (id: string) => {
    setContactId(id)
    dry.reset()
  }
  return (
    <Stack gap="md">
      <Card title="Try it" about="Nothing is done: you see what would happen with this contact now.">
        <Stack gap="md">
          <ContactChoice label="Contact" value={contactId} onChange={choose} />
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
            <Text size="xs" c="dimmed">
              {dirty ? 'What is tried is the workflow as it was saved last. ' : ''}
              {published ? '' : 'Contacts can be put in once it is published.'}
            </Text>
          </Group>
          {problem && <Failure what="That did not work" problem={problem} focus />}
        </Stack>
      </Card>
      {dry.data && <WayThrough row={row} steps={dry.data.steps} title="What would happen" />}
    </Stack>
  )
}
