import { contacts, locations } from '@groundlevel/contracts'
import { Anchor, Button, SimpleGrid, Text } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { nameOf, useLocationId } from '../contacts/words.js'
import { dateOf, plainOf, nameOf as withOf } from '../conversations/words.js'
import { Figures } from './figures.js'
import classes from './home.module.css'
import { useUnread } from './use-unread.js'

const Unread = ({ locationId }: { locationId: string }) => {
  const base = `/portal/sub-account/${locationId}/conversations`
  const found = useUnread(locationId)
  const all = (
    <Button component={Link} to={base} variant="default" size="xs">
      All conversations
    </Button>
  )
  return (
    <Card title="Unread conversations" actions={all} flush>
      <Loaded from={found} what="The unread conversations">
        {({ conversations: rows }) =>
          rows.length === 0 ? (
            <Empty title="Everything is read">What contacts write next stands here.</Empty>
          ) : (
            <ul className={classes.list}>
              {rows.map((row) => (
                <li key={row.id} className={classes.row}>
                  <Anchor component={Link} to={`${base}/${row.id}`} size="sm" fw={500}>
                    {withOf(row)}
                  </Anchor>
                  <Text size="sm" c="dimmed" truncate>
                    {plainOf(row.lastMessageBody)}
                  </Text>
                  <Text size="xs" c="dimmed" component="div">
                    {row.lastMessageDate ? <When at={dateOf(row.lastMessageDate)} /> : null}
                  </Text>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

const Newest = ({ locationId }: { locationId: string }) => {
  const base = `/portal/sub-account/${locationId}/contacts`
  const found = useAsk(contacts.search.advanced, {
    body: { locationId, pageLimit: 8, sort: [{ field: 'dateAdded', direction: 'desc' }] },
  })
  const all = (
    <Button component={Link} to={base} variant="default" size="xs">
      All contacts
    </Button>
  )
  return (
    <Card title="Newest contacts" actions={all} flush>
      <Loaded from={found} what="The newest contacts">
        {({ contacts: rows }) =>
          rows.length === 0 ? (
            <Empty title="No contact yet" action={all}>
              Create the first one under Contacts, or import a CSV file.
            </Empty>
          ) : (
            <ul className={classes.list}>
              {rows.map((row) => (
                <li key={row.id} className={classes.row}>
                  <Anchor component={Link} to={`${base}/${row.id}`} size="sm" fw={500}>
                    {nameOf(row)}
                  </Anchor>
                  <Text size="sm" c="dimmed" truncate>
                    {row.email ?? row.phone}
                  </Text>
                  <Text size="xs" c="dimmed" component="div">
                    <When at={row.dateAdded ?? ''} />
                  </Text>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

/** Where people of a sub-account begin. */
export const LocationHome = () => {
  const locationId = useLocationId()
  const name = useAsk(locations.location.get, { locationId }).data?.location.name
  return (
    <Page title={name ?? 'Home'} about={<>Location ID {<Id value={locationId} what="location id" />}</>}>
      <Figures locationId={locationId} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" className={classes.lists}>
        <Unread locationId={locationId} />
        <Newest locationId={locationId} />
      </SimpleGrid>
    </Page>
  )
}
