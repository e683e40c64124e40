import type { Reply } from '@groundlevel/contract-kit'
import { calendars } from '@groundlevel/contracts'
import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { Secret } from '../../parts/secret.js'
import { When } from '../../parts/when.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { useCalendars } from './use-events.js'

type Feed = Reply<typeof calendars.feeds.list>['feeds'][number]

const FeedForm = ({ onClose }: { onClose: () => void }) => {
  const locationId = useLocationId()
  const shown = useCalendars().data?.calendars ?? []
  const { users } = useUsers()
  const [url, setUrl] = useState<string>()
  const { form, options, names } = useRecordForm({ of: '' })
  const create = useSend(calendars.feeds.create, (reply) => setUrl(reply.url))
  const send = form.onSubmit(({ of }) => {
    if (url !== undefined) return onClose()
    const [kind, id = ''] = of.split(' ')
    const whose = kind === 'user' ? { userId: id } : { calendarId: id }
    create.mutate({ body: { locationId, ...whose } }, options)
  })
  return (
    <EditDrawer
      title="New feed"
      failed="The feed was not opened"
      sends={[create]}
      names={names}
      action={url === undefined ? 'Open the feed' : 'Done'}
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        label="What it shows"
        data={[
          { group: 'A calendar', items: shown.map(({ id, name }) => ({ value: `calendar ${id}`, label: name })) },
          { group: 'A person', items: users.map((user) => ({ value: `user ${user.id}`, label: user.name ?? '' })) },
        ]}
        searchable
        disabled={url !== undefined}
        {...form.getInputProps('of')}
      />
      {url !== undefined && (
        <>
          <Secret label="Address of the feed" value={url} />
          <Text size="sm" c="dimmed">
            Subscribe to it in a calendar program. It is shown this once; whoever has it can read what is booked.
          </Text>
        </>
      )}
    </EditDrawer>
  )
}

const RemoveFeed = ({ row, onClose }: { row: Feed; onClose: () => void }) => {
  const send = useSend(calendars.feeds.remove)
  return (
    <Removal name="the feed" send={send} input={{ feedId: row.id }} onClose={onClose}>
      Its address answers no more, for whoever has it.
    </Removal>
  )
}

/** Addresses from which calendar programs read what is booked. */
export const CalendarFeeds = () => {
  const locationId = useLocationId()
  const shown = useCalendars().data?.calendars ?? []
  const { nameOfUser } = useUsers()
  const found = useAsk(calendars.feeds.list, { query: { locationId } })
  const nameOf = ({ calendarId, userId }: Feed) =>
    userId ? nameOfUser(userId) : (shown.find(({ id }) => id === calendarId)?.name ?? '')
  const columns: readonly Column<Feed>[] = [
    { id: 'of', label: 'Shows', names: true, widthPx: 240, cell: nameOf, text: nameOf },
    {
      id: 'kind',
      label: 'Kind',
      widthPx: 120,
      cell: ({ userId }) => (userId ? 'Person' : 'Calendar'),
      text: ({ userId }) => (userId ? 'person' : 'calendar'),
    },
    {
      id: 'added',
      label: 'Opened',
      widthPx: 160,
      cell: ({ dateAdded }) => <When at={dateAdded} />,
      text: ({ dateAdded }) => dateAdded,
    },
    { id: 'id', label: 'ID', widthPx: 230, cell: ({ id }) => <Id value={id} what="feed id" />, text: ({ id }) => id },
  ]
  return (
    <Collection
      name="calendar-feeds"
      title="Feeds"
      about="Addresses to which a calendar program subscribes. Delete one, and it shows nothing any more."
      noun="feed"
      pages={onePage({ ...found, data: found.data?.feeds })}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={nameOf}
      words={(row) => `${nameOf(row)} ${row.id}`}
      first="Open one to see appointments in the calendar of a phone."
      edits={false}
      form={(_row, close) => <FeedForm onClose={close} />}
      removal={(row, close) => <RemoveFeed row={row} onClose={close} />}
    />
  )
}
