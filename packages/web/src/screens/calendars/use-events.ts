import type { Reply } from '@groundlevel/contract-kit'
import { calendars, locations } from '@groundlevel/contracts'
import { useQueries } from '@tanstack/react-query'
import { call, keyOf, useAsk } from '../../api.js'
import { asProblem, type Problem } from '../../problem.js'
import { useLocationId } from '../contacts/words.js'
import { addDays, dayOf, minutesOf, type Timed, utcOf } from './wall.js'

export type Calendar = Reply<typeof calendars.calendar.list>['calendars'][number]
export type CalendarEvent = Reply<typeof calendars.appointment.list>['events'][number]

export const useCalendars = () => {
  const locationId = useLocationId()
  return useAsk(calendars.calendar.list, { query: { locationId } })
}

/** Where the sub-account's clocks stand. */
export const useZone = (): string | undefined => {
  const locationId = useLocationId()
  return useAsk(locations.location.get, { locationId }).data?.location.timezone
}

/** What lies on one day of the grid. */
export interface OnDay extends Timed {
  readonly day: string
  readonly event: CalendarEvent
  readonly blocked: boolean
  readonly colour: string | undefined
}

/** The parts of an event that lie on each day: one over midnight lies on both. */
const partsOf = (event: CalendarEvent, blocked: boolean, colour: string | undefined): OnDay[] => {
  const parts: OnDay[] = []
  const last = dayOf(event.endTime)
  for (let day = dayOf(event.startTime); day <= last && parts.length < 62; day = addDays(day, 1)) {
    const from = day === dayOf(event.startTime) ? minutesOf(event.startTime) : 0
    const to = day === last ? minutesOf(event.endTime) : 1440
    if (to > from || day === dayOf(event.startTime))
      parts.push({ id: event.id, day, from, to: Math.max(to, from + 10), event, blocked, colour })
  }
  return parts
}

/** More calendars than this are not drawn at once. */
const mostCalendars = 20

export interface ShownEvents {
  readonly parts: readonly OnDay[]
  readonly pending: boolean
  readonly problem: Problem | undefined
  retry(): void
}

/** Appointments and blocked times of the calendars between two days, both included. */
export const useEvents = (shown: readonly Calendar[], first: string, last: string): ShownEvents => {
  const locationId = useLocationId()
  const between = { startTime: String(utcOf(addDays(first, -1))), endTime: String(utcOf(addDays(last, 2))) }
  const questions = shown.slice(0, mostCalendars).flatMap((calendar) => {
    const input = { query: { locationId, calendarId: calendar.id, ...between } }
    return [calendars.appointment.list, calendars.blocked.list].map((operation) => ({ operation, input, calendar }))
  })
  const found = useQueries({
    queries: questions.map(({ operation, input }) => ({
      queryKey: keyOf(operation, input),
      queryFn: ({ signal }: { signal: AbortSignal }) => call(operation, input, signal),
    })),
  })
  const events = new Map<string, OnDay[]>()
  for (const [at, { data }] of found.entries()) {
    const { operation, calendar } = questions[at] ?? {}
    for (const event of data?.events ?? [])
      events.set(event.id, partsOf(event, operation === calendars.blocked.list, calendar?.eventColor))
  }
  const failed = found.find(({ error }) => error)
  return {
    parts: [...events.values()].flat().filter(({ day }) => day >= first && day <= last),
    pending: found.some(({ isPending }) => isPending),
    problem: failed?.error ? asProblem(failed.error) : undefined,
    retry: () => {
      for (const each of found) void each.refetch()
    },
  }
}

export const statusNames: Readonly<Record<string, string>> = {
  new: 'Unconfirmed',
  confirmed: 'Confirmed',
  showed: 'Showed up',
  noshow: 'Did not come',
  cancelled: 'Cancelled',
  invalid: 'Invalid',
  active: 'Active',
  completed: 'Completed',
}

export const gone = (event: CalendarEvent) => ['cancelled', 'invalid', 'noshow'].includes(event.appointmentStatus ?? '')
