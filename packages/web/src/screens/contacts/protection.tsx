import { protection } from '@groundlevel/contracts'
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Failure } from '../../parts/failure.js'
import { download } from '../../parts/list/csv.js'
import { asProblem, type Problem } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'
import { type Contact, nameOf, useLocationId } from './words.js'

interface ActProps {
  readonly contact: Contact
  readonly onClose: () => void
}

/** Everything that is held of a person, as one file. */
export const ExportPerson = ({ contact, onClose }: ActProps) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run = () => {
    setBusy(true)
    call(protection.person.export, { contactId: contact.id })
      .then((held) => {
        download(`contact-${contact.id}.json`, [JSON.stringify(held, null, 2)], 'application/json')
        sayDone('The file is written')
        onClose()
      })
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <Modal opened onClose={onClose} title={`What is held of ${nameOf(contact)}`}>
      <Stack gap="md">
        <Text size="sm">
          One JSON file with the contact, notes, tasks and field values, with the events and webhooks that told of it, and with
          the logged API calls that mention it. It is for the person who asked; keep it nowhere else.
        </Text>
        {problem && <Failure what="The file was not written" problem={problem} focus />}
        <Group justify="flex-end">
          <Button loading={busy} onClick={run} data-autofocus>
            Download
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Forgets a person: the contact, and every trace in outbox, deliveries and logs. */
export const ErasePerson = ({ contact, onClose }: ActProps) => {
  const locationId = useLocationId()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const erase = useSend(protection.person.erase, () => {
    sayDone('The person is erased')
    void navigate(`/portal/sub-account/${locationId}/contacts`)
  })
  return (
    <Confirm
      title={`Erase ${nameOf(contact)}?`}
      action="Erase for good"
      type={nameOf(contact)}
      busy={erase.isPending}
      problem={erase.error}
      onConfirm={() => erase.mutate({ contactId: contact.id, body: reason.trim() ? { reason: reason.trim() } : {} })}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">
          The contact goes, and so does every trace of the person in events, webhook deliveries and the request log. Apps that
          were told of the contact hear of its deletion. The audit keeps that it was done, by whom and why, not whom it was about.
          This cannot be undone.
        </Text>
        <TextInput label="Reason" maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Stack>
    </Confirm>
  )
}
