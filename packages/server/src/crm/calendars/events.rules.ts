import type { Static } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'
import { isoInZone } from '../zones/index.js'

export type Kind = 'appointment' | 'blocked'

/** An appointment or a blocked time as it is stored. */
export interface StoredEvent {
  readonly locationId: string
  readonly id: string
  readonly kind: string
  readonly calendarId: string | null
  readonly contactId: string | null
  readonly title: string
  readonly status: string
  readonly assignedUserId: string | null
  readonly users: string[]
  readonly address: string | null
  readonly description: string | null
  readonly notes: string | null
  readonly meetingLocationType: string | null
  readonly meetingLocationId: string | null
  readonly assignedResources: string[]
  readonly rrule: string | null
  readonly masterEventId: string | null
  readonly source: string
  readonly createdBy: string | null
  readonly toNotify: boolean
  readonly startAt: Date
  readonly endAt: Date
  readonly dateAdded: Date
  readonly dateUpdated: Date
  /** How often it was changed. */
  readonly sequence: number
  readonly groupId: string | null
}

type Read = Static<typeof api.calendars.appointment.get.reply>['appointment']
type Written = Static<typeof api.calendars.appointment.create.reply>
type Blocked = Static<typeof api.calendars.blocked.create.reply>

const said = <K extends string>(name: K, value: string | null) => (value === null ? {} : ({ [name]: value } as Record<K, string>))

/** The live service spells one of them wrong, and programs read it (live facts). */
const statuses = (status: string) => ({ appointmentStatus: status, appoinmentStatus: status })

/** As reads have it: times with the offset of the sub-account. */
export const readOf = (event: StoredEvent, zone: string): Read => ({
  id: event.id,
  address: event.address ?? '',
  title: event.title,
  ...said('calendarId', event.calendarId),
  locationId: event.locationId,
  ...said('contactId', event.contactId),
  ...said('groupId', event.groupId),
  ...(event.kind === 'appointment' ? { ...statuses(event.status), status: 'booked' } : {}),
  ...said('assignedUserId', event.assignedUserId),
  users: event.users,
  ...said('notes', event.notes),
  ...said('description', event.description),
  isRecurring: event.masterEventId !== null,
  ...said('rrule', event.rrule),
  startTime: isoInZone(event.startAt.getTime(), zone),
  endTime: isoInZone(event.endAt.getTime(), zone),
  dateAdded: event.dateAdded.toISOString(),
  dateUpdated: event.dateUpdated.toISOString(),
  assignedResources: event.assignedResources,
  createdBy: { source: event.source, ...said('userId', event.createdBy) },
  ...said('masterEventId', event.masterEventId),
  deleted: false,
})

/** As writes answer it, bare. */
export const writtenOf = (event: StoredEvent, zone: string): Written => ({
  id: event.id,
  calendarId: event.calendarId ?? '',
  locationId: event.locationId,
  contactId: event.contactId ?? '',
  startTime: isoInZone(event.startAt.getTime(), zone),
  endTime: isoInZone(event.endAt.getTime(), zone),
  title: event.title,
  ...said('meetingLocationType', event.meetingLocationType),
  ...statuses(event.status),
  appointmentStatus: event.status,
  status: 'booked',
  ...said('assignedUserId', event.assignedUserId),
  address: event.address ?? '',
  dateAdded: event.dateAdded.toISOString(),
  dateUpdated: event.dateUpdated.toISOString(),
  isRecurring: event.masterEventId !== null,
  ...said('rrule', event.rrule),
})

export const blockedOf = (event: StoredEvent, zone: string): Blocked => ({
  id: event.id,
  locationId: event.locationId,
  title: event.title,
  startTime: isoInZone(event.startAt.getTime(), zone),
  endTime: isoInZone(event.endAt.getTime(), zone),
  ...said('calendarId', event.calendarId),
  ...said('assignedUserId', event.assignedUserId),
})

/** What a webhook carries: nested, and an allow-list (wire-contract §5.4). */
export const toldOf = (event: StoredEvent, zone: string) => {
  const { id, address, title, calendarId, contactId, groupId, appointmentStatus, assignedUserId, users, notes, ...rest } = readOf(
    event,
    zone,
  )
  const { startTime, endTime, dateAdded, dateUpdated } = rest
  const who = { id, address, title, calendarId, contactId, groupId, appointmentStatus, assignedUserId, users, notes }
  return { appointment: { ...who, source: event.source, startTime, endTime, dateAdded, dateUpdated } }
}

/** Whether it takes up anybody's time. */
export const takesTime = ({ kind, status }: Pick<StoredEvent, 'kind' | 'status'>): boolean =>
  kind === 'blocked' || (status !== 'cancelled' && status !== 'invalid')
