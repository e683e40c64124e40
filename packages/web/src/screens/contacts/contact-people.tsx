import { contacts } from '@groundlevel/contracts'
import { MultiSelect, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card } from '../../parts/page.js'
import { asProblem, type Problem } from '../../problem.js'
import { type Change, useChange } from './use-contact.js'
import { type Contact, useUsers } from './words.js'

/** Users who follow the contact. */
export const Followers = ({ contact }: { contact: Contact }) => {
  const { users } = useUsers()
  const add = useSend(contacts.followers.add)
  const remove = useSend(contacts.followers.remove)
  const problem = add.error ?? remove.error
  const change = (next: readonly string[]) => {
    const added = next.filter((id) => !contact.followers.includes(id))
    const gone = contact.followers.filter((id) => !next.includes(id))
    if (added.length > 0) add.mutate({ contactId: contact.id, body: { followers: added } })
    if (gone.length > 0) remove.mutate({ contactId: contact.id, body: { followers: gone } })
  }
  return (
    <Card title="Followers">
      <Stack gap="sm">
        <MultiSelect
          size="xs"
          aria-label="Followers"
          placeholder={contact.followers.length === 0 ? 'Nobody follows yet' : undefined}
          data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
          value={contact.followers}
          onChange={change}
          searchable
        />
        {problem && <Failure what="The followers were not changed" problem={problem} focus />}
      </Stack>
    </Card>
  )
}

const channels = [
  ['Email', 'E-mail'],
  ['SMS', 'Text messages'],
  ['Call', 'Calls'],
  ['WhatsApp', 'WhatsApp'],
  ['GMB', 'Google Business'],
  ['FB', 'Facebook'],
] as const

type Channel = (typeof channels)[number][0]

const statusOf = (contact: Contact, channel: Channel) =>
  (contact.dndSettings?.[channel] as { status?: string } | undefined)?.status ?? 'inactive'

/** By which channels the contact must not be written to. */
export const DoNotDisturb = ({ contact }: { contact: Contact }) => {
  const change = useChange(contact.id)
  const [problem, setProblem] = useState<Problem>()
  const send = (body: Change) => {
    setProblem(undefined)
    change(body).catch((thrown: unknown) => setProblem(asProblem(thrown)))
  }
  const flip = (channel: Channel, on: boolean) =>
    send({
      dndSettings: { ...contact.dndSettings, [channel]: { status: on ? 'active' : 'inactive' } } as Change['dndSettings'] & {},
    })
  return (
    <Card title="Do not disturb">
      <Stack gap="xs">
        <Switch
          size="sm"
          label="All channels"
          checked={contact.dnd}
          onChange={(event) => send({ dnd: event.currentTarget.checked })}
        />
        {channels.map(([channel, label]) => {
          const status = statusOf(contact, channel)
          return (
            <Switch
              key={channel}
              size="xs"
              label={label}
              description={status === 'permanent' ? 'The contact opted out. Only they can opt in again.' : undefined}
              checked={contact.dnd || status !== 'inactive'}
              disabled={contact.dnd || status === 'permanent'}
              onChange={(event) => flip(channel, event.currentTarget.checked)}
            />
          )
        })}
        {problem && <Failure what="It was not changed" problem={problem} focus />}
      </Stack>
    </Card>
  )
}
