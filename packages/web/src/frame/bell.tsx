import type { Reply } from '@groundlevel/contract-kit'
import { notices as api } from '@groundlevel/contracts'
import { ActionIcon, Button, Group, Indicator, Popover, Text, Title, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import { useAsk, useSend } from '../api.js'
import { Empty } from '../parts/empty.js'
import { Failure } from '../parts/failure.js'
import { Loaded, Waiting } from '../parts/loaded.js'
import { When } from '../parts/when.js'
import classes from './bell.module.css'

type Told = Reply<typeof api.notices.list>
type UserNotice = Told['notices'][number]

const everyMs = 30_000
/** More than that is a crowd. */
const mostCounted = 99

/** The page of what a notice is about. */
const addressOf = ({ appointmentId, opportunityId, contactId }: UserNotice, locationId: string): string => {
  const base = `/portal/sub-account/${locationId}`
  if (opportunityId) return `${base}/opportunities/${encodeURIComponent(opportunityId)}`
  if (appointmentId) return `${base}/calendars?appointment=${encodeURIComponent(appointmentId)}`
  // Opportunities that came several at once are named by none of them.
  return contactId ? `${base}/contacts/${encodeURIComponent(contactId)}` : `${base}/opportunities`
}

const Line = ({ notice, onOpen }: { notice: UserNotice; onOpen: () => void }) => (
  <li className={classes.line} data-unread={notice.readAt === undefined || undefined}>
    <UnstyledButton className={classes.open} onClick={onOpen}>
      <Text size="sm" fw={notice.readAt === undefined ? 600 : 400}>
        {notice.readAt === undefined && <VisuallyHidden>Unread: </VisuallyHidden>}
        {notice.title}
      </Text>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {notice.body}
      </Text>
      <Text size="xs" c="dimmed">
        <When at={notice.dateAdded} />
      </Text>
    </UnstyledButton>
  </li>
)

interface ListProps {
  readonly told: Told
  readonly onOpen: (notice: UserNotice) => void
}

const List = ({ told: { notices }, onOpen }: ListProps) =>
  notices.length === 0 ? (
    <Empty title="Nothing new">An appointment that is booked with you or an opportunity that is given to you stands here.</Empty>
  ) : (
    <ul className={classes.list} aria-label="Notices">
      {notices.map((notice) => (
        <Line key={notice.id} notice={notice} onOpen={() => onOpen(notice)} />
      ))}
    </ul>
  )

/** What the person was told in a sub-account, and how much of it they have not read. */
export const Bell = ({ locationId }: { locationId: string }) => {
  const navigate = useNavigate()
  const [opened, { toggle, close }] = useDisclosure(false)
  const found = useAsk(api.notices.list, { query: { locationId } }, { everyMs })
  const read = useSend(api.notices.read)
  const unread = found.data?.unread ?? 0
  // Whoever may not see appointments is told of none.
  if (found.error?.status === 403) return null
  const open = (notice: UserNotice) => {
    if (notice.readAt === undefined) read.mutate({ body: { locationId, ids: [notice.id] } })
    close()
    void navigate(addressOf(notice, locationId))
  }
  const count = unread > mostCounted ? `${mostCounted}+` : String(unread)
  return (
    <Popover position="bottom-end" width="min(360px, calc(100vw - 16px))" trapFocus opened={opened} onDismiss={close}>
      <Indicator label={count} size={16} disabled={unread === 0} color="red.8" offset={4} zIndex={1}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            size={34}
            aria-label={unread === 0 ? 'Notices' : `Notices, ${unread} unread`}
            onClick={() => {
              if (!opened) void found.refetch()
              toggle()
            }}
          >
            <IconBell size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notices">
        <Group justify="space-between" px="sm" py={8} className={classes.head}>
          <Title order={2} fz="sm">
            Notices
          </Title>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={unread === 0}
            loading={read.isPending}
            onClick={() => read.mutate({ body: { locationId } })}
          >
            Mark all as read
          </Button>
        </Group>
        {read.error && <Failure what="They could not be marked as read" problem={read.error} focus />}
        <Loaded from={found} what="The notices" waiting={<Waiting lines={4} />}>
          {(told) => <List told={told} onOpen={open} />}
        </Loaded>
      </Popover.Dropdown>
    </Popover>
  )
}
