import { contacts, conversations } from '@groundlevel/contracts'
import { ActionIcon, Anchor, Button, Group, Menu, Text, Title } from '@mantine/core'
import { IconArrowLeft, IconDots, IconMailOpened, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { nameOf } from '../contacts/contact-name.js'
import { useLocationId } from '../contacts/words.js'
import { Removal } from '../settings/removal.js'
import { Composer } from './composer.js'
import classes from './inbox.module.css'
import { MessageLine } from './message-line.js'
import { useBottom } from './use-bottom.js'
import { useThread } from './use-inbox.js'
import { useBase } from './words.js'

type Update = ReturnType<typeof useSend<typeof conversations.conversation.update>>

/** What somebody has opened they have read: said once a conversation and count. */
const useReading = (conversationId: string, unread: number, { mutate }: Update) => {
  const locationId = useLocationId()
  const said = useRef('')
  useEffect(() => {
    if (unread === 0 || said.current === `${conversationId} ${unread}`) return
    said.current = `${conversationId} ${unread}`
    mutate({ conversationId, body: { locationId, unreadCount: 0 } })
  }, [conversationId, unread, locationId, mutate])
  return () => {
    said.current = `${conversationId} 1`
  }
}

interface HeadProps {
  readonly conversationId: string
  readonly contactId: string
  readonly starred: boolean
  readonly unread: number
}

const Head = ({ conversationId, contactId, starred, unread }: HeadProps) => {
  const locationId = useLocationId()
  const base = useBase()
  const navigate = useNavigate()
  const contact = useAsk(contacts.contact.get, { contactId }).data?.contact
  const update = useSend(conversations.conversation.update)
  const markedByHand = useReading(conversationId, unread, update)
  const remove = useSend(conversations.conversation.remove, () => void navigate(base))
  const [removing, setRemoving] = useState(false)
  const name = contact ? nameOf(contact) : 'Contact'
  return (
    <div className={classes.threadHead}>
      <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
        <ActionIcon component={Link} to={base} className={classes.back} variant="default" aria-label="Back to the conversations">
          <IconArrowLeft size={16} />
        </ActionIcon>
        <div style={{ minWidth: 0 }}>
          <Title order={2} fz="md">
            <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${contactId}`} inherit>
              {name}
            </Anchor>
          </Title>
          <Text size="xs" c="dimmed" truncate>
            {[contact?.phone, contact?.email].filter(Boolean).join(' · ') || 'No phone number and no e-mail'}
          </Text>
        </div>
      </Group>
      <Group gap={6}>
        <ActionIcon
          variant="default"
          aria-label={starred ? 'Take the star away' : 'Star it'}
          aria-pressed={starred}
          onClick={() => update.mutate({ conversationId, body: { locationId, starred: !starred } })}
        >
          {starred ? <IconStarFilled size={16} /> : <IconStar size={16} />}
        </ActionIcon>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="default" aria-label="More">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconMailOpened size={16} />}
              onClick={() => {
                markedByHand()
                update.mutate({ conversationId, body: { locationId, unreadCount: 1 } })
              }}
            >
              Mark as unread
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
              Delete conversation
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {removing && (
        <Removal
          name={`the conversation with ${name}`}
          send={remove}
          input={{ conversationId }}
          onClose={() => setRemoving(false)}
        >
          Its messages go too, and what is scheduled in it is not sent. This cannot be undone.
        </Removal>
      )}
    </div>
  )
}

/** What was said, the newest last. */
export const Messages = ({ conversationId }: { conversationId: string }) => {
  const pages = useThread(conversationId)
  const { box, content } = useBottom()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
    <div className={classes.messages} ref={box} tabIndex={0} role="group" aria-label="What was said">
      {pages.pending && <Waiting lines={6} />}
      {pages.problem && <Failure what="The messages could not be loaded" problem={pages.problem} retry={pages.retry} />}
      <ul className={classes.said} ref={content} aria-label="Messages">
        {pages.more && (
          <li style={{ alignSelf: 'center' }}>
            <Button size="xs" variant="default" loading={pages.moreBusy} onClick={pages.more}>
              Earlier messages
            </Button>
          </li>
        )}
        {pages.rows.length === 0 && !pages.pending && !pages.problem && (
          <li style={{ alignSelf: 'center' }}>
            <Text size="sm" c="dimmed">
              Nothing has been said yet.
            </Text>
          </li>
        )}
        {pages.rows.map((message) => (
          <MessageLine key={message.id} message={message} />
        ))}
      </ul>
    </div>
  )
}

/** One conversation: what was said, and what is said next. */
export const Thread = ({ conversationId }: { conversationId: string }) => {
  const found = useAsk(conversations.conversation.get, { conversationId }, { everyMs: 5_000 })
  return (
    <section className={classes.thread} aria-label="Conversation">
      <Loaded from={found} what="The conversation" waiting={<Waiting lines={6} />}>
        {({ contactId, starred, unreadCount }) => (
          <>
            <Head conversationId={conversationId} contactId={contactId} starred={starred} unread={unreadCount} />
            <Messages conversationId={conversationId} />
            <Composer contactId={contactId} />
          </>
        )}
      </Loaded>
    </section>
  )
}
