import { Badge, Button, Group, Select, Text } from '@mantine/core'
import { IconStarFilled } from '@tabler/icons-react'
import { NavLink, useLocation } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { type ListAddress, useListAddress } from '../../parts/list/address.js'
import { countOf } from '../../parts/list/count.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { useListKeys } from '../../parts/list/list-keys.js'
import { Waiting } from '../../parts/loaded.js'
import { When } from '../../parts/when.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import classes from './inbox.module.css'
import { inboxQuestion, useInbox } from './use-inbox.js'
import { channelOf, dateOf, type Hit, nameOf, plainOf, useBase } from './words.js'

const statuses = [
  { value: 'all', label: 'All' },
  { value: 'unread', label: 'Unread' },
  { value: 'recents', label: 'Recent' },
  { value: 'starred', label: 'Starred' },
]

const lasts = [
  { value: 'inbound', label: 'They wrote last' },
  { value: 'outbound', label: 'We wrote last' },
]

const Filters = ({ address }: { address: ListAddress }) => {
  const { users } = useUsers()
  const people = users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))
  return (
    <Group gap={6} grow wrap="nowrap">
      <Select
        size="xs"
        aria-label="State"
        data={statuses}
        value={address.get('status') || 'all'}
        onChange={(status) => address.set({ status: status === 'all' ? '' : (status ?? '') })}
        allowDeselect={false}
      />
      <Select
        size="xs"
        aria-label="Assigned to"
        placeholder="Anybody"
        data={[{ value: 'unassigned', label: 'Nobody' }, ...people]}
        value={address.get('user') || null}
        onChange={(id) => address.set({ user: id ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Assigned to anybody' }}
      />
      <Select
        size="xs"
        aria-label="Last message"
        placeholder="Last message"
        data={lasts}
        value={address.get('last') || null}
        onChange={(last) => address.set({ last: last ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Whoever wrote last' }}
      />
    </Group>
  )
}

const Line = ({ row, to, marked }: { row: Hit; to: string; marked: boolean }) => {
  const { label, icon: Icon } = channelOf(row.lastMessageType)
  const unread = row.unreadCount ?? 0
  return (
    <li>
      <NavLink to={to} className={classes.line} data-marked={marked || undefined} data-unread={unread > 0 || undefined}>
        <Group justify="space-between" gap={6} wrap="nowrap">
          <Text size="sm" fw={unread > 0 ? 700 : 500} truncate>
            {nameOf(row)}
          </Text>
          <Text size="xs" c="dimmed">
            {row.lastMessageDate ? <When at={dateOf(row.lastMessageDate)} /> : null}
          </Text>
        </Group>
        <Group gap={6} wrap="nowrap">
          {row.lastMessageType && <Icon size={14} aria-label={label} style={{ flex: 'none' }} />}
          <Text size="xs" c="dimmed" truncate flex={1}>
            {row.lastMessageDirection === 'outbound' && 'You: '}
            {plainOf(row.lastMessageBody) || 'No message yet'}
          </Text>
          {row.starred && <IconStarFilled size={13} aria-label="Starred" className={classes.star} />}
          {unread > 0 && (
            <Badge size="sm" circle={unread < 10} variant="filled" aria-label={`${unread} unread`}>
              {unread}
            </Badge>
          )}
        </Group>
      </NavLink>
    </li>
  )
}

const Nothing = ({ filtered, onClear }: { filtered: boolean; onClear: () => void }) =>
  filtered ? (
    <Empty
      title="No conversation matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear search and filters
        </Button>
      }
    >
      Take a filter away, or search for less.
    </Empty>
  ) : (
    <Empty title="No conversation yet">Start one with a contact: press New message.</Empty>
  )

/** The conversations of a sub-account: j and k mark one, Enter opens it. */
export const InboxList = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const address = useListAddress()
  const locationId = useLocationId()
  const base = useBase()
  const { search } = useLocation()
  const question = inboxQuestion(address, locationId)
  const pages = useInbox(question)
  const marked = useListKeys({
    ids: pages.rows.map(({ id }) => id ?? ''),
    onMove: (at) => document.getElementById('inbox-lines')?.children[at]?.scrollIntoView({ block: 'nearest' }),
    onOpen,
  })
  const filtered =
    question.query !== '' || question.status !== 'all' || question.assignedTo !== '' || question.lastMessageDirection !== ''
  return (
    <section className={classes.list} aria-label="Conversations">
      <div className={classes.listHead}>
        <ListBar
          label="conversations"
          address={address}
          count={pages.total === undefined ? undefined : countOf(pages.total, 'conversation')}
        />
        <Filters address={address} />
      </div>
      {pages.problem && <Failure what="The conversations could not be loaded" problem={pages.problem} retry={pages.retry} />}
      {pages.pending && <Waiting lines={6} />}
      {!pages.pending && !pages.problem && pages.rows.length === 0 && (
        <Nothing filtered={filtered} onClear={() => address.set({ q: '', status: '', user: '', last: '' })} />
      )}
      <ul className={classes.lines} id="inbox-lines">
        {pages.rows.map((row) => (
          <Line key={row.id} row={row} to={`${base}/${row.id}${search}`} marked={marked === row.id} />
        ))}
      </ul>
      {pages.more && (
        <Button m="xs" size="xs" variant="default" loading={pages.moreBusy} onClick={pages.more}>
          Show more
        </Button>
      )}
    </section>
  )
}
