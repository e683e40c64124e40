import { contacts, installs, opportunities } from '@groundlevel/contracts'
import { SimpleGrid, Text } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { useNow } from '../../clock.js'
import { countOf } from '../../parts/list/count.js'
import { writeConditions } from '../contacts/filter-nodes.js'
import { useMoney } from '../opportunities/words.js'
import classes from './home.module.css'
import { useUnread } from './use-unread.js'

const dayMs = 86_400_000
const whole = new Intl.NumberFormat('en')

/** The beginning of the day seven days ago: stays the same while the page is open. */
const weekAgo = (nowMs: number) => new Date(Math.floor(nowMs / dayMs) * dayMs - 7 * dayMs).toISOString()

interface FigureProps {
  readonly label: string
  readonly value: string | undefined
  /** The person may not see it, or it could not be had. */
  readonly failed?: boolean
  readonly about?: string | undefined
  readonly to: string
}

const Figure = ({ label, value, failed = false, about, to }: FigureProps) => (
  <Link to={to} className={classes.figure}>
    <Text size="sm" c="dimmed">
      {label}
    </Text>
    <span className={classes.number}>{failed ? '–' : (value ?? '…')}</span>
    <Text size="xs" c="dimmed">
      {about ?? '\u00A0'}
    </Text>
  </Link>
)

const useContacts = (locationId: string, filters: Record<string, unknown>[]) =>
  useAsk(contacts.search.advanced, {
    body: { locationId, pageLimit: 1, ...(filters.length > 0 ? { filters } : {}) },
  })

const shownTotal = (total: number | undefined, counted: boolean) =>
  total === undefined ? undefined : countOf(total, '', { counted, plural: '' }).trim()

const ContactFigures = ({ locationId }: { locationId: string }) => {
  const base = `/portal/sub-account/${locationId}`
  const added = { field: 'dateAdded', operator: 'range', value: { gte: weekAgo(useNow(dayMs)) } } as const
  const all = useContacts(locationId, [])
  const recent = useContacts(locationId, [added])
  const week = recent.data?.total
  return (
    <Figure
      label="Contacts"
      value={shownTotal(all.data?.total, true)}
      failed={all.isError}
      about={week === undefined ? undefined : `${shownTotal(week, week <= 10_000)} added in 7 days`}
      to={week ? `${base}/contacts?f=${encodeURIComponent(writeConditions([added]))}` : `${base}/contacts`}
    />
  )
}

const OpenFigure = ({ locationId }: { locationId: string }) => {
  const open = useAsk(opportunities.search.advanced, {
    body: { locationId, limit: 1, filters: [{ field: 'status', operator: 'eq', value: 'open' }] },
  })
  const money = useMoney()
  const worth = open.data?.aggregations.totalValue
  return (
    <Figure
      label="Open opportunities"
      value={shownTotal(open.data?.total, (open.data?.total ?? 0) <= 10_000)}
      failed={open.isError}
      about={worth === undefined ? undefined : `worth ${money(worth)}`}
      to={`/portal/sub-account/${locationId}/opportunities`}
    />
  )
}

/** What there is, in four numbers that lead to it. */
export const Figures = ({ locationId }: { locationId: string }) => {
  const base = `/portal/sub-account/${locationId}`
  const unread = useUnread(locationId)
  const installed = useAsk(installs.installed.list, { query: { locationId } })
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <ContactFigures locationId={locationId} />
      <Figure
        label="Unread conversations"
        value={shownTotal(unread.data?.total, true)}
        failed={unread.isError}
        to={`${base}/conversations?status=unread`}
      />
      <OpenFigure locationId={locationId} />
      <Figure
        label="Installed apps"
        value={installed.data && whole.format(installed.data.installs.length)}
        failed={installed.isError}
        to={`${base}/installed`}
      />
    </SimpleGrid>
  )
}
