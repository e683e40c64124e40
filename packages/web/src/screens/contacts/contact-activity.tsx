import { contacts, links } from '@groundlevel/contracts'
import { Text } from '@mantine/core'
import { useAsk } from '../../api.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { happenings } from './activity.js'
import classes from './contact.module.css'
import { type Contact, useUsers } from './words.js'

/** What happened to a contact, newest first. */
export const ContactActivity = ({ contact }: { contact: Contact }) => {
  const { nameOfUser } = useUsers()
  const notes = useAsk(contacts.notes.list, { contactId: contact.id })
  const tasks = useAsk(contacts.tasks.list, { contactId: contact.id })
  const clicked = useAsk(links.clicksOfContact.list, { contactId: contact.id, query: { limit: 100 } })
  const known = useAsk(links.link.list, { query: { locationId: contact.locationId } })
  const clicks = (clicked.data?.clicks ?? []).map(({ id, linkId, clickedAt }) => ({
    id: id ?? '',
    name: known.data?.links.find((link) => link.id === linkId)?.name ?? 'A link',
    at: clickedAt ?? '',
  }))
  return (
    <Card title="Activity" flush>
      <Loaded from={notes} what="The activity">
        {(read) => (
          <ol style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label="Activity">
            {happenings({ contact, notes: read.notes, tasks: tasks.data?.tasks ?? [], clicks, nameOfUser }).map((each) => (
              <li key={each.key} className={classes.item}>
                <div className={classes.grow}>
                  <Text size="sm" fw={500}>
                    {each.what}
                  </Text>
                  {each.detail && (
                    <Text size="sm" c="dimmed">
                      {each.detail}
                    </Text>
                  )}
                </div>
                <Text size="xs" c="dimmed" component="div">
                  <When at={each.at} />
                </Text>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  )
}
