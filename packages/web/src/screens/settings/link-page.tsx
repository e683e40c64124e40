import type { Reply } from '@groundlevel/contract-kit'
import { contacts, links } from '@groundlevel/contracts'
import { Anchor, Group, Stack, Table, Text } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { call, keyOf, useAsk } from '../../api.js'
import { useNow } from '../../clock.js'
import { Command } from '../../parts/command.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { countOf } from '../../parts/list/count.js'
import { usePages } from '../../parts/list/pages.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import { nameOf } from '../contacts/contact-name.js'
import { useLocationId } from '../contacts/words.js'
import { clicksByContact, clicksByDay, type Day, type OfContact } from './click-days.js'
import { urlOf } from './link-words.js'
import classes from './settings.module.css'

type Clicked = Reply<typeof links.link.clicks>

const step = 100
/** Newest clicks that are looked at; a busy link has more, and its total says so. */
const most = 1000

const useClicks = (linkId: string) => {
  const locationId = useLocationId()
  const query = { locationId, limit: step }
  return usePages(keyOf(links.link.clicks, { linkId, query }), async (_: undefined, signal) => {
    const rows: Clicked['clicks'][number][] = []
    let total = 1
    while (rows.length < Math.min(total, most)) {
      const page: Clicked = await call(links.link.clicks, { linkId, query: { ...query, skip: rows.length } }, signal)
      total = page.total
      if (page.clicks.length === 0) break
      rows.push(...page.clicks)
    }
    return { rows, next: undefined, total }
  })
}

const dayName = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })

const Days = ({ days }: { days: readonly Day[] }) => {
  const highest = Math.max(1, ...days.map(({ clicks }) => clicks))
  return (
    <ol className={classes.days} aria-label="Clicks by day">
      {days.map(({ date, clicks }) => {
        const name = dayName.format(new Date(`${date}T12:00`))
        return (
          <li key={date} title={`${name}: ${countOf(clicks, 'click')}`} aria-label={`${name}: ${countOf(clicks, 'click')}`}>
            <div className={classes.day} style={{ height: `${(clicks / highest) * 76}px` }} />
            <span className={classes.dayName} aria-hidden>
              {name.split(' ')[1]}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

const Person = ({ contactId }: { contactId: string }) => {
  const locationId = useLocationId()
  const found = useAsk(contacts.contact.get, { contactId })
  if (found.isError) return 'A contact that is deleted'
  if (!found.data) return '…'
  const { contact } = found.data
  return (
    <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${contactId}`} size="sm">
      {nameOf({ ...contact, contactName: [contact.firstName, contact.lastName].filter(Boolean).join(' ') })}
    </Anchor>
  )
}

const shownPeople = 25

const People = ({ rows }: { rows: readonly OfContact[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={parts.scroll} tabIndex={0} role="group" aria-label="Clicks by contact">
    <Table miw={320}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Contact</Table.Th>
          <Table.Th ta="right">Clicks</Table.Th>
          <Table.Th ta="right">Last</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.slice(0, shownPeople).map(({ contactId, clicks, lastAt }) => (
          <Table.Tr key={contactId}>
            <Table.Td>{contactId ? <Person contactId={contactId} /> : 'Nobody known'}</Table.Td>
            <Table.Td ta="right">{clicks}</Table.Td>
            <Table.Td ta="right">
              <When at={lastAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
    {rows.length > shownPeople && (
      <Text size="xs" c="dimmed" p="sm">
        The {shownPeople} who clicked most of {rows.length}.
      </Text>
    )}
  </div>
)

const Clicks = ({ linkId }: { linkId: string }) => {
  const pages = useClicks(linkId)
  const now = useNow(60_000)
  if (pages.problem) return <Failure what="The clicks could not be loaded" problem={pages.problem} retry={pages.retry} />
  if (pages.pending) return <Waiting lines={4} />
  const total = pages.total ?? 0
  if (total === 0)
    return (
      <Card>
        <Empty title="Nobody clicked yet">
          Put the merge field into a template, or send the address. A click counts at once.
        </Empty>
      </Card>
    )
  const of = total > pages.rows.length ? ` Of the newest ${pages.rows.length}.` : ''
  return (
    <>
      <Card title={countOf(total, 'click', { counted: true })} about={`The last 14 days.${of}`}>
        <Days
          days={clicksByDay(
            pages.rows.map(({ clickedAt }) => clickedAt ?? ''),
            now,
          )}
        />
      </Card>
      <Card title="By contact" flush>
        <People rows={clicksByContact(pages.rows)} />
      </Card>
    </>
  )
}

/** One trigger link, and who followed it when. */
export const LinkPage = () => {
  const locationId = useLocationId()
  const { linkId = '' } = useParams()
  const found = useAsk(links.link.get, { linkId, query: { locationId } })
  return (
    <Loaded from={found} what="The trigger link" waiting={<Waiting lines={6} height={36} />}>
      {({ link }) => (
        <Page
          title={link.name}
          about={
            <>
              Leads to <span style={{ overflowWrap: 'anywhere' }}>{link.redirectTo}</span>
            </>
          }
        >
          <Card title="Use it" about="The merge field tells you which contact clicked. The bare address counts without a name.">
            <Stack gap="sm">
              <Group grow align="flex-start">
                <Command text={link.fieldKey} what="merge field" wrap />
              </Group>
              <Command text={urlOf(link.id)} what="address" wrap />
            </Stack>
          </Card>
          <Clicks linkId={linkId} />
        </Page>
      )}
    </Loaded>
  )
}
