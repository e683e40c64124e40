import { contacts, installs, locations } from '@groundlevel/contracts'
import { Anchor, Button, SimpleGrid, Text } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { useNow } from '../../clock.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { countOf } from '../../parts/list/count.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { writeConditions } from '../contacts/filter-nodes.js'
import { nameOf, useLocationId } from '../contacts/words.js'
import classes from './home.module.css'

const dayMs = 86_400_000
const whole = new Intl.NumberFormat('en')

/** The beginning of the day seven days ago: stays the same while the page is open. */
const weekAgo = (nowMs: number) => new Date(Math.floor(nowMs / dayMs) * dayMs - 7 * dayMs).toISOString()

const Figure = ({ label, value, to }: { label: string; value: string | undefined; to: string }) => (
  <Link to={to} className={classes.figure}>
    <Text size="sm" c="dimmed">
      {label}
    </Text>
    <span className={classes.number}>{value ?? '…'}</span>
  </Link>
)

const useTotal = (locationId: string, filters: Record<string, unknown>[]) =>
  useAsk(contacts.search.advanced, {
    body: { locationId, pageLimit: 1, ...(filters.length > 0 ? { filters } : {}) },
  }).data?.total

const shownTotal = (total: number | undefined, counted: boolean) =>
  total === undefined ? undefined : countOf(total, '', { counted, plural: '' }).trim()

const Figures = ({ locationId }: { locationId: string }) => {
  const base = `/portal/sub-account/${locationId}`
  const added = { field: 'dateAdded', operator: 'range', value: { gte: weekAgo(useNow(dayMs)) } } as const
  const all = useTotal(locationId, [])
  const recent = useTotal(locationId, [added])
  const installed = useAsk(installs.installed.list, { query: { locationId } })
  const week = `${base}/contacts?f=${encodeURIComponent(writeConditions([added]))}`
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      <Figure label="Contacts" value={shownTotal(all, true)} to={`${base}/contacts`} />
      <Figure label="Added in 7 days" value={shownTotal(recent, (recent ?? 0) <= 10_000)} to={week} />
      <Figure
        label="Installed apps"
        value={installed.isError ? '–' : installed.data && whole.format(installed.data.installs.length)}
        to={`${base}/installed`}
      />
    </SimpleGrid>
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
      <Newest locationId={locationId} />
    </Page>
  )
}
