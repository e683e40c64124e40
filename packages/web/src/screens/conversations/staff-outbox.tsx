import type { Reply } from '@groundlevel/contract-kit'
import { lab } from '@groundlevel/contracts'
import { Text } from '@mantine/core'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Loaded } from '../../parts/loaded.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import classes from './outbox.module.css'
import { plainOf } from './words.js'

type Kept = Reply<typeof lab.staffOutbox.list>['messages'][number]

const channels = { email: 'E-mail', sms: 'SMS', whatsapp: 'WhatsApp' } as const
const standings = { pending: 'Waiting', sent: 'Sent', failed: 'Failed', kept: 'Kept here' } as const

/** The text of a mail, a line for each of its own. */
const linesOf = (html: string) =>
  html
    .split(/<br\s*\/?>|<\/p>/i)
    .map(plainOf)
    .filter(Boolean)
    .join('\n')

const Line = ({ message: { channel, to, subject, body, status, error, dateAdded } }: { message: Kept }) => (
  <li>
    <Text size="sm" fw={600}>
      {subject || 'No subject'}
    </Text>
    <Text size="xs" c="dimmed">
      {channels[channel]} to {to} · <When at={dateAdded} /> · {standings[status]}
      {error && `: ${error}`}
    </Text>
    <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
      {channel === 'email' ? linesOf(body) : body}
    </Text>
  </li>
)

/** What people who are no contacts were told: colleagues, and whoever a calendar names. */
export const StaffOutbox = () => {
  const locationId = useLocationId()
  const found = useAsk(lab.staffOutbox.list, { query: { locationId, limit: 100 } }, { everyMs: 4_000 })
  return (
    <Loaded from={found} what="The outbox">
      {({ messages }) =>
        messages.length === 0 ? (
          <Empty title="Nobody was told anything yet">
            What calendars say to colleagues by e-mail or phone appears here instead of being sent for real.
          </Empty>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
          <ul className={classes.mails} aria-label="Messages to colleagues" tabIndex={0}>
            {messages.map((message) => (
              <Line key={message.id} message={message} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
