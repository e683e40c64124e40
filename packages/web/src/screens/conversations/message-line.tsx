import { conversations } from '@groundlevel/contracts'
import { Anchor, Button, Collapse, Skeleton, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { fileNameIn } from '../../parts/file-name.js'
import { FramedHtml } from '../../parts/framed-html.js'
import { When } from '../../parts/when.js'
import { useUsers } from '../contacts/words.js'
import classes from './inbox.module.css'
import { channelOf, isEmail, isNote, type Message, plainOf, statusWord } from './words.js'

const isWeb = (text: string) => /^https?:\/\//i.test(text)

const Attachments = ({ urls }: { urls: readonly string[] }) => (
  <>
    {urls.filter(isWeb).map((url, at) => (
      <Anchor key={url} href={url} target="_blank" rel="noreferrer noopener" size="xs">
        Attachment {at + 1}: {fileNameIn(url).slice(0, 60)}
      </Anchor>
    ))}
  </>
)

/** One e-mail of a thread: its subject, and what it says once it is opened. */
const OneEmail = ({ id, first }: { id: string; first: boolean }) => {
  const found = useAsk(conversations.emails.get, { id })
  const [opened, { toggle }] = useDisclosure(first)
  if (found.isError) return <Failure what="The e-mail could not be loaded" problem={found.error} />
  if (!found.data) return <Skeleton height={40} />
  const { subject, body, from, to, attachments } = found.data
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={opened} w="100%">
        <Text size="sm" fw={600}>
          {subject || 'No subject'}
        </Text>
        <Text size="xs" c="dimmed">
          {from} to {to.join(', ')}
        </Text>
        {!opened && (
          <Text size="xs" c="dimmed" truncate>
            {plainOf(body)}
          </Text>
        )}
      </UnstyledButton>
      <Collapse expanded={opened}>{opened && <FramedHtml html={body} title={subject || 'The e-mail'} />}</Collapse>
      <Attachments urls={attachments} />
    </div>
  )
}

const Said = ({ message }: { message: Message }) => {
  const ids = message.meta?.email?.messageIds ?? []
  if (!isEmail(message.messageType) || ids.length === 0)
    return (
      <div className={classes.bubble}>
        {plainOf(message.body) || (message.attachments.length > 0 ? '' : 'Nothing said')}
        <Attachments urls={message.attachments} />
      </div>
    )
  return (
    <div className={`${classes.bubble} ${classes.email}`}>
      {ids.map((id, at) => (
        <OneEmail key={id} id={id} first={at === ids.length - 1} />
      ))}
    </div>
  )
}

const Cancel = ({ message }: { message: Message }) => {
  const [emailId] = message.meta?.email?.messageIds.slice(-1) ?? []
  const cancel = useSend(conversations.messages.cancel)
  const cancelEmail = useSend(conversations.emails.cancel)
  const problem = cancel.error ?? cancelEmail.error
  const run = () => {
    if (emailId) cancelEmail.mutate({ emailMessageId: emailId })
    else cancel.mutate({ messageId: message.id })
  }
  return (
    <>
      <Button size="compact-xs" variant="default" loading={cancel.isPending || cancelEmail.isPending} onClick={run}>
        Do not send
      </Button>
      {problem && <Failure what="It is still scheduled" problem={problem} focus />}
    </>
  )
}

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** One message: what was said, by whom, when, and what became of it. */
export const MessageLine = ({ message }: { message: Message }) => {
  const { nameOfUser } = useUsers()
  const { label, icon: Icon } = channelOf(message.messageType)
  const author = message.userId && nameOfUser(message.userId)
  const failed = message.status === 'failed' || message.status === 'undelivered'
  const scheduled = message.status === 'scheduled'
  const status = message.direction === 'outbound' && !isNote(message.messageType) ? statusWord(message.status) : undefined
  return (
    <li
      className={classes.message}
      data-direction={message.direction}
      data-note={isNote(message.messageType) || undefined}
      data-failed={failed || undefined}
    >
      <Said message={message} />
      <div className={classes.about}>
        <Icon size={13} aria-hidden />
        <span>{label}</span>
        {author !== undefined && author !== message.userId && <span>{author}</span>}
        {scheduled && message.scheduledAt ? (
          <span>Goes out {exact.format(new Date(message.scheduledAt))}</span>
        ) : (
          <>
            <When at={message.dateAdded} />
            {status && <span>{status}</span>}
          </>
        )}
        {scheduled && <Cancel message={message} />}
      </div>
      {failed && message.error && (
        <Text size="xs" c="var(--gl-bad)">
          {message.error.message}
        </Text>
      )}
    </li>
  )
}
