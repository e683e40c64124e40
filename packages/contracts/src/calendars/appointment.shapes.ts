import { t } from '@groundlevel/contract-kit'

const text = t.Optional(t.String())
const said = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

const Status = t.Enum(['new', 'confirmed', 'cancelled', 'showed', 'noshow', 'invalid', 'active', 'completed'])

const MeetingType = t.Enum(['custom', 'zoom', 'gmeet', 'phone', 'address', 'ms_teams', 'google'])

const writable = {
  title: said(1000),
  meetingLocationType: t.Optional(MeetingType),
  meetingLocationId: said(200),
  overrideLocationConfig: t.Optional(t.Boolean()),
  appointmentStatus: t.Optional(Status),
  /** Spelt as the live service spells it (sic). */
  appoinmentStatus: t.Optional(Status),
  assignedUserId: said(50),
  description: said(20_000),
  notes: said(20_000),
  address: said(2000),
  ignoreDateRange: t.Optional(t.Boolean()),
  toNotify: t.Optional(t.Boolean()),
  ignoreFreeSlotValidation: t.Optional(t.Boolean()),
  rrule: said(500),
}

/** ISO 8601; without an offset it is the time of the sub-account's clocks. */
const time = t.String({ minLength: 1, maxLength: 40 })

export const AppointmentCreate = t.Object({
  calendarId: t.String(),
  locationId: t.String(),
  contactId: t.String(),
  startTime: time,
  endTime: t.Optional(time),
  ...writable,
})

export const AppointmentUpdate = t.Object({
  calendarId: t.Optional(t.String({ maxLength: 50 })),
  startTime: t.Optional(time),
  endTime: t.Optional(time),
  ...writable,
})

/** What create and update answer, bare. */
export const AppointmentWritten = t.Object({
  id: t.String(),
  calendarId: t.String(),
  locationId: t.String(),
  contactId: t.String(),
  startTime: t.String(),
  endTime: t.String(),
  title: t.String(),
  meetingLocationType: text,
  appointmentStatus: t.String(),
  appoinmentStatus: t.String(),
  status: t.String(),
  assignedUserId: text,
  address: t.String(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  isRecurring: t.Boolean(),
  rrule: text,
})

const Author = t.Object({ userId: text, source: t.String() })

/** An appointment as reads have it; when it takes place is text with the sub-account's offset, when it was written is UTC (live facts). */
export const CalendarEvent = t.Object({
  id: t.String(),
  address: t.String(),
  title: t.String(),
  calendarId: text,
  locationId: t.String(),
  contactId: text,
  groupId: text,
  appointmentStatus: text,
  appoinmentStatus: text,
  status: text,
  assignedUserId: text,
  users: t.Array(t.String()),
  notes: text,
  description: text,
  isRecurring: t.Boolean(),
  rrule: text,
  startTime: t.String(),
  endTime: t.String(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  assignedResources: t.Array(t.String()),
  createdBy: t.Optional(Author),
  masterEventId: text,
  deleted: t.Boolean(),
})

export const BlockIn = t.Object({
  title: said(1000),
  calendarId: said(50),
  assignedUserId: said(50),
  locationId: t.String(),
  startTime: t.Optional(time),
  endTime: t.Optional(time),
})

export const Blocked = t.Object({
  id: t.String(),
  locationId: t.String(),
  title: t.String(),
  startTime: t.String(),
  endTime: t.String(),
  calendarId: text,
  assignedUserId: text,
})
