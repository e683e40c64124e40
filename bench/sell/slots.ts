import { type Taken, timeCalls } from '../scale/calls.js'
import type { World } from '../scale/world.js'

const users = 20
/** Each person's, spread over the month. */
const bookings = 120
const dayMs = 86_400_000

const settings = {
  slotDuration: 30,
  slotDurationUnit: 'mins',
  slotInterval: 30,
  slotIntervalUnit: 'mins',
  appoinmentPerSlot: 1,
  openHours: [1, 2, 3, 4, 5].map((day) => ({
    daysOfTheWeek: [day],
    hours: [{ openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 }],
  })),
  teamMembers: Array.from({ length: users }, (_, n) => ({ userId: `benchUser${n}`, priority: 0.5 })),
}

/** A calendar of twenty people who have much to do, from a day on. */
const addCalendar = async ({ client, locationId }: World, from: Date): Promise<string> => {
  const id = 'benchCalendar0000000'
  await client.query(
    `insert into calendars ("locationId", id, name, "calendarType", "isActive", settings, "dateAdded", "dateUpdated")
     values ($1, $2, 'Bench', 'round_robin', true, $3, $4, $4)`,
    [locationId, id, JSON.stringify(settings), from],
  )
  await client.query(
    `with booked as (
       insert into "calendarEvents" ("locationId", id, kind, "calendarId", title, status, "assignedUserId", users, "assignedResources",
         source, "toNotify", "startAt", "endAt", "dateAdded", "dateUpdated")
       select $1, 'bench' || lpad(u::text, 3, '0') || lpad(n::text, 4, '0'), 'appointment', $2, 'Visit', 'confirmed', 'benchUser' || u,
         '{}', '{}', 'bench', false, s, s + interval '30 minutes', $3, $3
       from generate_series(0, $4::int - 1) u, generate_series(0, $5::int - 1) n,
         lateral (select $3::timestamptz + (n * 7 + u * 3) % 620 * interval '72 minutes' as s) at
       returning *)
     insert into "calendarHolds" ("locationId", "holderId", "eventId", "calendarId", blocked, "startAt", "fromAt", "toAt")
     select "locationId", holder, id, "calendarId", false, "startAt", "startAt", "endAt"
     from booked, lateral unnest(array["calendarId", "assignedUserId"]) holder`,
    [locationId, id, from, users, bookings],
  )
  await client.query('analyze "calendarHolds"')
  return id
}

/** Free times of a month with twenty people, as a booking page asks for them. */
export const timeSlots = async (world: World, calls: number): Promise<Taken> => {
  const { client, serverPid, call } = world
  const from = new Date(Math.ceil(performance.timeOrigin / dayMs) * dayMs + 7 * dayMs)
  const id = await addCalendar(world, from)
  const span = `startDate=${from.getTime()}&endDate=${from.getTime() + 30 * dayMs}`
  const taken = await timeCalls(client, serverPid, () => call('GET', `/calendars/${id}/free-slots?${span}`), calls)
  const days = Object.values(JSON.parse(taken.text) as Record<string, { slots?: unknown[] }>).filter(({ slots }) => slots?.length)
  if (days.length < 20) throw new Error(`Free times of ${days.length} days were found in a month.`)
  return taken
}
