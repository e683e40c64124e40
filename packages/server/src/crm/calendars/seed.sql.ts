import type { Db } from '../../database/wire.js'
import { newHexId } from '../../ids.js'
import { defaultSettings } from './settings.rules.js'

/** A calendar of the demo world with what is booked in it: made without events, since nobody is to hear of it. */
export interface SeedCalendar {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly userIds: readonly string[]
  readonly dateAdded: Date
  readonly appointments: readonly {
    readonly id: string
    readonly contactId: string
    readonly title: string
    readonly userId: string
    readonly startAt: Date
  }[]
}

const lastsMs = 30 * 60_000

/** A confirmation, word of a new time and of none, a reminder, and word to whom it is with: what most calendars say. */
const said = [
  { receiverType: 'contact', channel: 'email', notificationType: 'booked' },
  { receiverType: 'contact', channel: 'email', notificationType: 'reschedule' },
  { receiverType: 'contact', channel: 'email', notificationType: 'cancellation' },
  {
    ...{ receiverType: 'contact', channel: 'sms', notificationType: 'reminder' },
    beforeTime: [
      { timeOffset: 1, unit: 'days' },
      { timeOffset: 1, unit: 'hours' },
    ],
  },
  { receiverType: 'assignedUser', channel: 'inApp', notificationType: 'booked' },
  { receiverType: 'assignedUser', channel: 'email', notificationType: 'cancellation' },
]

const seedNotifications = async (db: Db, locationId: string, calendarId: string, dateAdded: Date): Promise<void> => {
  const own = { locationId, calendarId, isActive: true, deleted: false, dateAdded }
  const rows = said.map((settings) => ({ ...own, id: newHexId(), settings: JSON.stringify(settings) }))
  await db.insertInto('calendarNotifications').values(rows).execute()
}

export const seedCalendar = async (db: Db, locationId: string, seed: SeedCalendar): Promise<void> => {
  const { id, name, description, userIds, dateAdded, appointments } = seed
  const dates = { dateAdded, dateUpdated: dateAdded }
  const teamMembers = userIds.map((userId) => ({ userId, priority: 0.5 }))
  await db
    .insertInto('calendars')
    .values({
      ...{ locationId, id, name, groupId: null, calendarType: 'round_robin', isActive: true, slug: null, ...dates },
      settings: JSON.stringify({ ...defaultSettings, description, teamMembers }),
    })
    .execute()
  await seedNotifications(db, locationId, id, dateAdded)
  if (appointments.length === 0) return
  const rows = appointments.map(({ userId, startAt, ...row }) => ({
    ...row,
    ...{ locationId, kind: 'appointment', calendarId: id, status: 'confirmed', assignedUserId: userId, users: [] },
    ...{ address: null, description: null, notes: null, meetingLocationType: null, meetingLocationId: null },
    ...{ assignedResources: [], rrule: null, masterEventId: null, source: 'calendar_page', createdBy: null, toNotify: false },
    ...{ startAt, endAt: new Date(startAt.getTime() + lastsMs), ...dates },
  }))
  await db.insertInto('calendarEvents').values(rows).execute()
  const holds = rows.flatMap(({ id: eventId, assignedUserId, startAt, endAt }) =>
    [id, assignedUserId].map((holderId) => ({
      ...{ locationId, holderId, eventId, calendarId: id, blocked: false, startAt, fromAt: startAt, toAt: endAt },
    })),
  )
  await db.insertInto('calendarHolds').values(holds).execute()
}
