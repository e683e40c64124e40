import { conversations } from '@groundlevel/contracts'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { Composer } from '../conversations/composer.js'
import { Messages } from '../conversations/thread.js'
import classes from './contact.module.css'
import { type Contact, useLocationId } from './words.js'

/** What was said with a contact, and what is said next. */
export const ContactMessages = ({ contact }: { contact: Pick<Contact, 'id'> }) => {
  const locationId = useLocationId()
  const query = { locationId, contactId: contact.id, limit: 1 }
  const found = useAsk(conversations.conversation.search, { query: query as never })
  const id = found.data?.conversations[0]?.id
  const base = `/portal/sub-account/${locationId}/conversations`
  const open = (
    <Button size="xs" variant="default" component={Link} to={id ? `${base}/${id}` : base}>
      {id ? 'Open the conversation' : 'All conversations'}
    </Button>
  )
  return (
    <Card title="Messages" actions={open} flush>
      <Loaded from={found} what="The conversation">
        {() => (
          <div className={classes.thread}>
            {id ? <Messages conversationId={id} /> : <Empty title="Nothing was said yet">Write the first message below.</Empty>}
            <Composer contactId={contact.id} />
          </div>
        )}
      </Loaded>
    </Card>
  )
}
