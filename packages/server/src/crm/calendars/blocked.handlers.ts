import { found, missing, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { demandUsers } from '../contacts/index.js'
import { calendarsOf } from './calendars.sql.js'
import { blockedOf, readOf, type StoredEvent } from './events.rules.js'
import { eventsOf, holdsOf } from './events.sql.js'
import { listOf, zoneOfLocation } from './listing.js'
import { demandMoment } from './moments.rules.js'
import type { CalendarPorts } from './ports.js'

interface Block {
  readonly calendarId?: string | null
  readonly assignedUserId?: string | null
}

/** Of a calendar or of a user, never of both. */
const demandOwner = async ({ users }: CalendarPorts, db: Db, locationId: string, { calendarId, assignedUserId }: Block) => {
  if (calendarId && assignedUserId) throw unprocessable(['Either calendarId or assignedUserId can be set, not both'])
  if (!calendarId && !assignedUserId) throw unprocessable(['either calendarId or assignedUserId should not be empty'])
  if (calendarId && !(await calendarsOf(db, locationId).hold(calendarId))) throw missing('Calendar')
  await demandUsers(users, db, locationId, assignedUserId ? [assignedUserId] : [])
}

const putBlock = (db: Db, locationId: string, event: StoredEvent) =>
  holdsOf(db, locationId).put(event, {
    from: event.startAt.getTime(),
    to: event.endAt.getTime(),
    holderIds: [event.calendarId, event.assignedUserId].flatMap((id) => id ?? []),
  })

const longestMs = 366 * 86_400_000

const demandOrder = (from: number, to: number) => {
  if (to <= from) throw unprocessable(['endTime must be after startTime'])
  if (to - from > longestMs) throw unprocessable(['endTime must be at most a year after startTime'])
}

/** What a blocked time leaves empty. */
const noAppointment = {
  ...{ contactId: null, users: [], address: null, description: null, notes: null, createdBy: null },
  ...{ meetingLocationType: null, meetingLocationId: null, assignedResources: [], rrule: null, masterEventId: null },
  ...{ kind: 'blocked', status: 'confirmed', source: 'third_party', toNotify: false },
} as const

export const blockedHandlers = (ports: CalendarPorts) => {
  const zoneIn = zoneOfLocation(ports)
  return implement(api.calendars.blocked, () => ({}), {
    list: async ({ query }, context) => {
      const zone = await zoneIn(context.locationId)
      const events = await listOf(context, 'blocked', query, zone)
      return { events: events.map((event) => readOf(event, zone)) }
    },

    create: async ({ body }, { db, locationId, newId, now }) => {
      const { calendarId = null, assignedUserId = null, startTime = '', endTime = '' } = body
      const zone = await zoneIn(locationId)
      await demandOwner(ports, db, locationId, body)
      const from = demandMoment('startTime', startTime, zone)
      const to = demandMoment('endTime', endTime, zone)
      demandOrder(from, to)
      const event = await eventsOf(db, locationId).add({
        ...noAppointment,
        ...{ id: newId(), calendarId: calendarId || null, assignedUserId: assignedUserId || null },
        title: body.title || 'Blocked',
        startAt: new Date(from),
        endAt: new Date(to),
        dateAdded: now,
      })
      await putBlock(db, locationId, event)
      return blockedOf(event, zone)
    },

    update: async ({ eventId, body }, { db, locationId, now }) => {
      const zone = await zoneIn(locationId)
      const before = found(await eventsOf(db, locationId).lock(eventId, 'blocked'), 'Event')
      const named = body.calendarId || body.assignedUserId
      if (named) await demandOwner(ports, db, locationId, body)
      const from = body.startTime ? demandMoment('startTime', body.startTime, zone) : before.startAt.getTime()
      const to = body.endTime ? demandMoment('endTime', body.endTime, zone) : before.endAt.getTime()
      demandOrder(from, to)
      const change = {
        ...(body.title ? { title: body.title } : {}),
        ...(named ? { calendarId: body.calendarId || null, assignedUserId: body.assignedUserId || null } : {}),
        ...{ startAt: new Date(from), endAt: new Date(to) },
      }
      const event = found(await eventsOf(db, locationId).change(eventId, change, now), 'Event')
      await putBlock(db, locationId, event)
      return blockedOf(event, zone)
    },
  })
}
