import { conversations, locations } from '@groundlevel/contracts'
import { Button, Group, Popover, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconClock, IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { useLocationId } from '../contacts/words.js'
import { MergeText } from '../settings/merge-text.js'
import { segmentsOf } from '../settings/template-words.js'
import { htmlOf } from './html-of.js'
import classes from './inbox.module.css'

const channels = [
  { value: 'SMS', label: 'SMS' },
  { value: 'Email', label: 'E-mail' },
  { value: 'WhatsApp', label: 'WhatsApp' },
  { value: 'InternalComment', label: 'Note' },
] as const

type Channel = (typeof channels)[number]['value']

interface Draft {
  readonly channel: Channel
  readonly subject: string
  readonly text: string
}

const bodyOf = ({ channel, subject, text }: Draft, contactId: string, at: number | undefined) => ({
  type: channel,
  contactId,
  ...(channel === 'Email' ? { subject, html: htmlOf(text) } : { message: text }),
  ...(at === undefined ? {} : { scheduledTimestamp: at }),
})

/** Puts a template's texts into the draft. */
const Templates = ({ channel, onPick }: { channel: Channel; onPick: (texts: Partial<Draft>) => void }) => {
  const locationId = useLocationId()
  const type = channel === 'Email' ? 'email' : channel === 'WhatsApp' ? 'whatsapp' : 'sms'
  const found = useAsk(locations.templates.list, { locationId, query: { originId: locationId, type, limit: 100 } })
  const templates = found.data?.templates ?? []
  if (templates.length === 0) return null
  const pick = (id: string | null) => {
    const template = templates.find((each) => each.id === id)?.template
    if (template)
      onPick({ text: template.html ?? template.body ?? '', ...(template.subject ? { subject: template.subject } : {}) })
  }
  return (
    <Select
      size="xs"
      w={150}
      aria-label="Template"
      placeholder="Template"
      data={templates.map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      onChange={pick}
      searchable
    />
  )
}

const SendLater = ({ disabled, busy, onSend }: { disabled: boolean; busy: boolean; onSend: (at: number) => void }) => {
  const [opened, { toggle, close }] = useDisclosure(false)
  const [when, setWhen] = useState('')
  const at = Date.parse(when)
  return (
    <Popover opened={opened} onChange={(next) => !next && close()} position="top-end" trapFocus shadow="md">
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconClock size={14} />} disabled={disabled} onClick={toggle}>
          Later
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Send later">
        <Stack gap="xs">
          <TextInput
            size="xs"
            type="datetime-local"
            label="Send at"
            description="In your own time zone."
            value={when}
            onChange={(event) => setWhen(event.currentTarget.value)}
          />
          <Button
            size="xs"
            loading={busy}
            disabled={Number.isNaN(at)}
            onClick={() => {
              onSend(Math.floor(at / 1000))
              close()
            }}
          >
            Schedule
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

const blank: Draft = { channel: 'SMS', subject: '', text: '' }

/** Writes to the contact, at once or later, by the channel that is chosen; Ctrl and Enter send. */
export const Composer = ({ contactId, onSent }: { contactId: string; onSent?: (conversationId: string) => void }) => {
  const [draft, setDraft] = useState(blank)
  const change = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }))
  const send = useSend(conversations.messages.send, ({ conversationId }) => onSent?.(conversationId))
  const note = draft.channel === 'InternalComment'
  const email = draft.channel === 'Email'
  const empty = draft.text.trim() === '' || (email && draft.subject.trim() === '')
  const run = (at?: number) => {
    if (empty || send.isPending) return
    // The next message can be begun at once; one that is refused comes back.
    setDraft({ ...blank, channel: draft.channel })
    const back = () => setDraft((now) => (now.text === '' && now.subject === '' ? draft : now))
    send.mutate({ body: bodyOf(draft, contactId, at) }, { onError: back })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    run()
  }
  const { characters, segments } = segmentsOf(draft.text)
  return (
    <form
      className={classes.composer}
      aria-label="Write"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <Stack gap={8}>
        <Group gap={8}>
          <SegmentedControl
            size="xs"
            aria-label="Channel"
            data={channels.map((each) => ({ ...each }))}
            value={draft.channel}
            onChange={(channel) => change({ channel: channel as Channel })}
          />
          {!note && <Templates channel={draft.channel} onPick={change} />}
        </Group>
        {email && (
          <TextInput
            size="xs"
            aria-label="Subject"
            placeholder="Subject"
            value={draft.subject}
            onChange={(event) => change({ subject: event.currentTarget.value })}
          />
        )}
        <MergeText
          label={note ? 'Note for colleagues' : 'Message'}
          rows={email ? 5 : 2}
          value={draft.text}
          onChange={(text) => change({ text })}
          onKeyDown={onKeyDown}
          placeholder={note ? 'Only colleagues read it' : 'Write a message'}
        />
        {send.error && <Failure what="The message was not sent" problem={send.error} focus />}
        <Group justify="space-between" gap={6}>
          <Text size="xs" c="dimmed">
            {draft.channel === 'SMS' && characters > 0
              ? `${characters} characters, ${segments === 1 ? '1 message' : `${segments} messages`}`
              : 'Ctrl + Enter sends'}
          </Text>
          <Group gap={6}>
            {!note && <SendLater disabled={empty} busy={send.isPending} onSend={run} />}
            <Button type="submit" size="xs" leftSection={<IconSend size={14} />} loading={send.isPending} disabled={empty}>
              {note ? 'Add note' : 'Send'}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
