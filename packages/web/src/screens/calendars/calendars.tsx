import { calendars } from '@groundlevel/contracts'
import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconBan, IconChevronLeft, IconChevronRight, IconPlus, IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { useNow } from '../../clock.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { type ListAddress, useListAddress } from '../../parts/list/address.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { AppointmentForm, type Spot } from './appointment-form.js'
import { BlockForm } from './block-form.js'
import { Month } from './month.js'
import { type Calendar, type OnDay, useCalendars, useEvents, useZone } from './use-events.js'
import { addDays, addMonths, dayOf, longDay, monthName, monthOf, shortDay, timeAt, wallIn, weekOf } from './wall.js'
import { Days } from './week.js'

const views = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const
type View = (typeof views)[number]['value']

const daysOf: Readonly<Record<View, (day: string) => readonly string[]>> = {
  day: (day) => [day],
  week: weekOf,
  month: monthOf,
}

const titleOf = (view: View, day: string, days: readonly string[]) => {
  if (view === 'day') return longDay(day)
  if (view === 'month') return monthName(day)
  return `${shortDay(days[0] ?? day)} to ${shortDay(days.at(-1) ?? day)}, ${monthName(days.at(-1) ?? day)}`
}

const step = (view: View, day: string, by: number) =>
  view === 'month' ? addMonths(day, by) : addDays(day, by * (view === 'week' ? 7 : 1))

type Open =
  | { readonly what: 'book'; readonly spot: Spot }
  | { readonly what: 'block'; readonly spot: Spot }
  | { readonly what: 'event'; readonly part: OnDay }

interface BarProps {
  readonly address: ListAddress
  readonly view: View
  readonly day: string
  readonly days: readonly string[]
  readonly shown: readonly Calendar[]
}

const Bar = ({ address, view, day, days, shown }: BarProps) => {
  const { users } = useUsers()
  const go = (by: number) => address.set({ day: step(view, day, by) })
  useHotkeys([
    ['ArrowLeft', () => document.querySelector('[role="dialog"]') === null && go(-1)],
    ['ArrowRight', () => document.querySelector('[role="dialog"]') === null && go(1)],
    ['t', () => document.querySelector('[role="dialog"]') === null && address.set({ day: '' })],
  ])
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => address.set({ day: '' })}>
        Today
      </Button>
      <Group gap={4}>
        <ActionIcon variant="default" size={36} aria-label="Earlier" onClick={() => go(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size={36} aria-label="Later" onClick={() => go(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
      <SegmentedControl
        aria-label="View"
        data={views.map((each) => ({ ...each }))}
        value={view}
        onChange={(next) => address.set({ view: next === 'week' ? '' : next })}
      />
      <Select
        aria-label="Calendar"
        placeholder="Every calendar"
        data={shown.map(({ id, name }) => ({ value: id, label: name }))}
        value={address.get('calendar') || null}
        onChange={(id) => address.set({ calendar: id ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Every calendar' }}
        w={180}
      />
      <Select
        aria-label="With"
        placeholder="Anybody"
        data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
        value={address.get('user') || null}
        onChange={(id) => address.set({ user: id ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Anybody' }}
        w={160}
      />
      <Text fw={600} role="status">
        {titleOf(view, day, days)}
      </Text>
    </Group>
  )
}

const isView = (text: string): text is View => text in daysOf

interface ShownProps {
  readonly all: readonly Calendar[]
  readonly open: Open | undefined
  readonly onOpen: (open: Open | undefined) => void
}

const Shown = ({ all, open, onOpen }: ShownProps) => {
  const address = useListAddress()
  const zone = useZone()
  const now = wallIn(zone, useNow(60_000))
  const asked = address.get('view')
  const view: View = isView(asked) ? asked : 'week'
  const day = address.get('day') || now.day
  const days = daysOf[view](day)
  const chosen = address.get('calendar')
  const user = address.get('user')
  const events = useEvents(chosen ? all.filter(({ id }) => id === chosen) : all, days[0] ?? day, days.at(-1) ?? day)
  const parts = user ? events.parts.filter(({ event }) => event.assignedUserId === user) : events.parts
  const spot = open && open.what !== 'event' ? open.spot : { day, minutes: 9 * 60 }
  const close = () => onOpen(undefined)
  const openPart = (part: OnDay) => onOpen({ what: 'event', part })
  const about = open?.what === 'event' ? open.part : undefined
  const send = useSend(calendars.appointment.update, ({ title }) => sayDone(`${title} is moved`))
  const move = (eventId: string, on: string, minutes: number) => {
    const event = parts.find(({ id }) => id === eventId)?.event
    const startTime = timeAt(on, minutes)
    if (event && startTime !== event.startTime.slice(0, 19)) send.mutate({ eventId, body: { startTime } })
  }
  return (
    <>
      <Bar address={address} view={view} day={day} days={days} shown={all} />
      {events.problem && <Failure what="The appointments could not be loaded" problem={events.problem} retry={events.retry} />}
      {send.error && <Failure what="The appointment was not moved" problem={send.error} />}
      {view === 'month' ? (
        <Month
          days={days}
          month={day}
          parts={parts}
          today={now.day}
          onOpen={openPart}
          onDay={(next) => address.set({ day: next, view: 'day' })}
        />
      ) : (
        <Days
          days={days}
          parts={parts}
          now={now}
          onOpen={openPart}
          onMove={move}
          onBook={(on, minutes) => onOpen({ what: 'book', spot: { day: on, minutes } })}
        />
      )}
      <Text size="xs" c="dimmed">
        Times are those of the sub-account{zone ? `, ${zone}` : ''}. Press a free place to book it, drag an appointment to move
        it; ← and → turn the page, t goes to today.
      </Text>
      {(open?.what === 'book' || (about && !about.blocked)) && (
        <AppointmentForm event={about?.event} spot={spot} shown={all} zone={zone} onClose={close} />
      )}
      {(open?.what === 'block' || about?.blocked) && <BlockForm event={about?.event} spot={spot} shown={all} onClose={close} />}
    </>
  )
}

/** The appointment that the address names, as notices do. */
const Named = ({ eventId, all, onClose }: { eventId: string; all: readonly Calendar[]; onClose: () => void }) => {
  const zone = useZone()
  const found = useAsk(calendars.appointment.get, { eventId })
  const event = found.data?.event
  if (found.error) return <Failure what="The appointment could not be opened" problem={found.error} focus />
  if (!event) return null
  const spot = { day: dayOf(event.startTime), minutes: 0 }
  return <AppointmentForm event={event} spot={spot} shown={all} zone={zone} onClose={onClose} />
}

/** What is booked: by day, week and month. */
export const Calendars = () => {
  const base = `/portal/sub-account/${useLocationId()}/calendars`
  const address = useListAddress()
  const zone = useZone()
  const now = wallIn(zone, useNow(60_000))
  const found = useCalendars()
  const [open, setOpen] = useState<Open>()
  const none = found.data?.calendars.length === 0
  const named = address.get('appointment')
  const spot = { day: address.get('day') || now.day, minutes: 9 * 60 }
  const actions = (
    <Group gap="xs">
      <Button component={Link} to={`${base}/settings`} variant="default" leftSection={<IconSettings size={16} />}>
        Calendars
      </Button>
      <Button
        variant="default"
        leftSection={<IconBan size={16} />}
        disabled={none}
        onClick={() => setOpen({ what: 'block', spot })}
      >
        Block a time
      </Button>
      <Button leftSection={<IconPlus size={16} />} disabled={none} onClick={() => setOpen({ what: 'book', spot })}>
        New appointment
      </Button>
    </Group>
  )
  return (
    <Page title="Calendar" width={1600} actions={actions}>
      <Loaded from={found} what="The calendars" waiting={<Waiting lines={8} />}>
        {({ calendars: all }) =>
          all.length === 0 ? (
            <Card>
              <Empty
                title="No calendar yet"
                action={
                  <Button component={Link} to={`${base}/settings`}>
                    Create a calendar
                  </Button>
                }
              >
                A calendar says when something can be booked, and with whom.
              </Empty>
            </Card>
          ) : (
            <>
              <Shown all={all} open={open} onOpen={setOpen} />
              {named && <Named key={named} eventId={named} all={all} onClose={() => address.set({ appointment: '' })} />}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
