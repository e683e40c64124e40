import type { Reply } from '@groundlevel/contract-kit'
import { lab } from '@groundlevel/contracts'
import { Button, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { FramedHtml } from '../../parts/framed-html.js'
import { useListAddress } from '../../parts/list/address.js'
import { Loaded } from '../../parts/loaded.js'
import { Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { htmlOf } from './html-of.js'
import classes from './outbox.module.css'
import { StaffOutbox } from './staff-outbox.js'
import { useBottom } from './use-bottom.js'
import { channelOf, plainOf, statusWord, useBase } from './words.js'

type Kept = Reply<typeof lab.outbox.list>['messages'][number]

interface Chat {
  readonly contactId: string
  readonly name: string
  /** The newest first, as they came. */
  readonly messages: readonly Kept[]
}

const nameOf = ({ contactName, to, from, direction }: Kept) =>
  contactName || (direction === 'outbound' ? to[0] : from) || 'Nameless contact'

/** The messages of each contact together, whoever wrote last first. */
const chatsOf = (messages: readonly Kept[]): readonly Chat[] => {
  const chats = new Map<string, Kept[]>()
  for (const message of messages) chats.set(message.contactId, [...(chats.get(message.contactId) ?? []), message])
  return [...chats].map(([contactId, of]) => ({ contactId, name: of[0] ? nameOf(of[0]) : '', messages: of }))
}

/** Types that a contact answers with: what they were written by. */
const answerTypes: Readonly<Record<string, 'SMS' | 'WhatsApp' | 'Live_Chat' | 'RCS'>> = {
  TYPE_WHATSAPP: 'WhatsApp',
  TYPE_LIVE_CHAT: 'Live_Chat',
  TYPE_RCS: 'RCS',
}

const Answer = ({ chat, email }: { chat: Chat; email: Kept | undefined }) => {
  const locationId = useLocationId()
  const [text, setText] = useState('')
  const send = useSend(lab.outbox.answer, () => {
    setText('')
    sayDone(`${chat.name} has answered`)
  })
  const run = () => {
    const about = { locationId, contactId: chat.contactId }
    const type = email ? ('Email' as const) : (answerTypes[chat.messages[0]?.messageType ?? ''] ?? ('SMS' as const))
    const said = email ? { subject: `Re: ${email.subject ?? ''}`, html: htmlOf(text) } : { message: text }
    const thread = email?.emailMessageId ? { emailMessageId: email.emailMessageId } : {}
    send.mutate({ body: { ...about, type, ...said, ...thread } })
  }
  return (
    <form
      className={classes.answer}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) run()
      }}
    >
      <TextInput
        flex={1}
        size="xs"
        aria-label={`Answer as ${chat.name}`}
        placeholder={`Answer as ${chat.name}`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={send.isPending} disabled={!text.trim()}>
        Answer
      </Button>
      {send.error && <Failure what="The answer did not come in" problem={send.error} focus />}
    </form>
  )
}

const About = ({ message }: { message: Kept }) => (
  <Text size="xs" c="dimmed">
    {channelOf(message.messageType).label} · <When at={message.dateAdded} />
    {message.direction === 'outbound' && ` · ${statusWord(message.status)}`}
    {message.error && `: ${message.error.message}`}
    {message.providerName && ` · given to ${message.providerName}`}
  </Text>
)

/** What the contact sees on their phone: our messages come in there, theirs go out. */
const Phone = ({ chat }: { chat: Chat }) => {
  const { box, content } = useBottom()
  return (
    <div className={classes.phone}>
      <Title order={2} fz="sm" ta="center" p="xs">
        {chat.name}’s phone
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
      <div className={classes.screen} ref={box} tabIndex={0} role="group" aria-label={`Screen of ${chat.name}`}>
        <ul ref={content} aria-label={`Messages on the phone of ${chat.name}`}>
          {[...chat.messages].reverse().map((message) => (
            <li key={message.id} data-mine={message.direction === 'inbound' || undefined}>
              <div className={classes.bubble}>{plainOf(message.body) || 'An attachment'}</div>
              <About message={message} />
            </li>
          ))}
        </ul>
      </div>
      <Answer chat={chat} email={undefined} />
    </div>
  )
}

const Mail = ({ chat }: { chat: Chat }) => {
  const last = chat.messages.find(({ direction }) => direction === 'outbound') ?? chat.messages[0]
  return (
    <div className={classes.mail}>
      <Title order={2} fz="sm" p="xs">
        {chat.name}’s mail
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
      <ul className={classes.mails} aria-label={`E-mails of ${chat.name}`} tabIndex={0}>
        {chat.messages.map((message) => (
          <li key={message.emailMessageId ?? message.id}>
            <Text size="sm" fw={600}>
              {message.subject || 'No subject'}
            </Text>
            <Text size="xs" c="dimmed">
              {message.from} to {message.to.join(', ')}
            </Text>
            <About message={message} />
            <FramedHtml html={message.html ?? htmlOf(message.body ?? '')} title={message.subject || 'The e-mail'} />
          </li>
        ))}
      </ul>
      <Answer chat={chat} email={last} />
    </div>
  )
}

const Device = ({ messages, mail }: { messages: readonly Kept[]; mail: boolean }) => {
  const address = useListAddress()
  const chats = chatsOf(messages)
  const chat = chats.find(({ contactId }) => contactId === address.get('contact')) ?? chats[0]
  if (!chat)
    return (
      <Empty title={mail ? 'No e-mail was kept yet' : 'No message was kept yet'}>
        What you, a workflow or an app sends appears here as the contact would see it.
      </Empty>
    )
  return (
    <div className={classes.split}>
      <nav aria-label="Whose device" className={classes.people}>
        {chats.map(({ contactId, name, messages: [newest] }) => (
          <button
            key={contactId}
            type="button"
            className={classes.person}
            aria-pressed={contactId === chat.contactId}
            onClick={() => address.set({ contact: contactId })}
          >
            <Text size="sm" fw={500} truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {newest?.subject || plainOf(newest?.body)}
            </Text>
          </button>
        ))}
      </nav>
      {mail ? <Mail key={chat.contactId} chat={chat} /> : <Phone key={chat.contactId} chat={chat} />}
    </div>
  )
}

const ContactOutbox = ({ mail }: { mail: boolean }) => {
  const locationId = useLocationId()
  const query = { locationId, channel: mail ? ('email' as const) : ('other' as const), limit: 100 }
  const found = useAsk(lab.outbox.list, { query }, { everyMs: 4_000 })
  return (
    <Loaded from={found} what="The outbox">
      {({ messages }) => <Device messages={messages} mail={mail} />}
    </Loaded>
  )
}

/** What this local start has kept, most of it instead of sending it, as the contact sees it; answering makes a message really come in. */
export const Outbox = () => {
  const base = useBase()
  const address = useListAddress()
  const view = address.get('view')
  return (
    <Page
      title="Outbox"
      width={1080}
      about={
        view === 'staff'
          ? 'You see what your colleagues are told. What says “Kept here” was not really sent.'
          : 'You see what your contacts would get, and answer in their place. What no app and no mail server takes is not really sent; what an app was given names its provider.'
      }
      actions={
        <Button component={Link} to={base} variant="default">
          Conversations
        </Button>
      }
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label="Device"
          style={{ alignSelf: 'flex-start' }}
          data={[
            { value: '', label: 'Phone' },
            { value: 'mail', label: 'Mail' },
            { value: 'staff', label: 'Colleagues' },
          ]}
          value={view}
          onChange={(next) => address.set({ view: next, contact: '' })}
        />
        {view === 'staff' ? <StaffOutbox /> : <ContactOutbox mail={view === 'mail'} />}
      </Stack>
    </Page>
  )
}
