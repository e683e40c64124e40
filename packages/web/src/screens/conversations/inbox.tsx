import { Button, Drawer, Group, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceMobile, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { Page } from '../../parts/page.js'
import { useSession } from '../../session.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { Composer } from './composer.js'
import classes from './inbox.module.css'
import { InboxList } from './inbox-list.js'
import { Thread } from './thread.js'
import { useBase } from './words.js'

const NewMessage = ({ onClose }: { onClose: () => void }) => {
  const [contactId, setContactId] = useState('')
  const base = useBase()
  const navigate = useNavigate()
  const open = (id: string) => {
    onClose()
    void navigate(`${base}/${id}`)
  }
  return (
    <Drawer opened onClose={onClose} position="right" title="New message">
      <Stack gap="md">
        <ContactChoice label="To" value={contactId} onChange={setContactId} />
        {contactId && <Composer key={contactId} contactId={contactId} onSent={open} />}
      </Stack>
    </Drawer>
  )
}

/** Conversations on the left, one of them on the right. */
export const Inbox = () => {
  const { conversationId } = useParams()
  const base = useBase()
  const navigate = useNavigate()
  const { search } = useLocation()
  const local = useSession().data?.local ?? false
  const [writing, { open, close }] = useDisclosure(false)
  const actions = (
    <Group gap="xs">
      {local && (
        <Button component={Link} to={`${base}/outbox`} variant="default" leftSection={<IconDeviceMobile size={16} />}>
          Outbox
        </Button>
      )}
      <Button leftSection={<IconPlus size={16} />} onClick={open}>
        New message
      </Button>
    </Group>
  )
  return (
    <Page title="Conversations" width={1600} actions={actions}>
      <div className={classes.inbox} data-open={conversationId !== undefined || undefined}>
        <InboxList onOpen={(id) => void navigate(`${base}/${id}${search}`)} />
        {conversationId ? (
          <Thread key={conversationId} conversationId={conversationId} />
        ) : (
          <section className={classes.thread} aria-label="Conversation">
            <div className={classes.nothing}>
              <Empty title="No conversation is open">Choose one on the left, or press j, k and Enter.</Empty>
            </div>
          </section>
        )}
      </div>
      {writing && <NewMessage onClose={close} />}
    </Page>
  )
}
