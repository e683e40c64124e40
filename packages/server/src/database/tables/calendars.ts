import type { Generated } from 'kysely'

interface CalendarGroupsTable {
  locationId: string
  id: string
  name: string
  description: string
  slug: string
  isActive: boolean
  dateAdded: Date
  dateUpdated: Date
}

interface CalendarsTable {
  locationId: string
  id: string
  groupId: string | null
  name: string
  calendarType: string
  isActive: boolean
  slug: string | null
  settings: unknown
  dateAdded: Date
  dateUpdated: Date
}

interface CalendarSchedulesTable {
  locationId: string
  id: string
  name: string
  rules: unknown
  timezone: string
  userId: string
  calendarIds: string[]
  deleted: boolean
  dateAdded: Date
  dateUpdated: Date
}

interface CalendarResourcesTable {
  locationId: string
  id: string
  resourceType: string
  name: string
  description: string | null
  quantity: number | null
  outOfService: number | null
  capacity: number | null
  isActive: boolean
  calendarIds: string[]
  dateAdded: Date
}

interface CalendarNotificationsTable {
  locationId: string
  calendarId: string
  id: string
  settings: unknown
  isActive: boolean
  deleted: boolean
  dateAdded: Date
}

interface CalendarEventsTable {
  sequence: Generated<number>
  locationId: string
  id: string
  kind: string
  calendarId: string | null
  contactId: string | null
  title: string
  status: string
  assignedUserId: string | null
  users: string[]
  address: string | null
  description: string | null
  notes: string | null
  meetingLocationType: string | null
  meetingLocationId: string | null
  assignedResources: string[]
  rrule: string | null
  masterEventId: string | null
  source: string
  createdBy: string | null
  toNotify: boolean
  startAt: Date
  endAt: Date
  dateAdded: Date
  dateUpdated: Date
}

interface CalendarHoldsTable {
  locationId: string
  holderId: string
  eventId: string
  calendarId: string | null
  blocked: boolean
  startAt: Date
  fromAt: Date
  toAt: Date
}

interface AppointmentNotesTable {
  locationId: string
  appointmentId: string
  id: string
  body: string
  userId: string | null
  dateAdded: Date
}

interface AppointmentRemindersTable {
  locationId: string
  eventId: string
  notificationId: string
  part: number
  dueAt: Date
}

interface CalendarFeedsTable {
  locationId: string
  id: string
  calendarId: string | null
  userId: string | null
  secretHash: Buffer
  createdBy: string | null
  dateAdded: Date
}

/** Tables of crm/calendars. */
export interface CalendarsTables {
  calendarGroups: CalendarGroupsTable
  calendars: CalendarsTable
  calendarSchedules: CalendarSchedulesTable
  calendarResources: CalendarResourcesTable
  calendarNotifications: CalendarNotificationsTable
  calendarEvents: CalendarEventsTable
  calendarHolds: CalendarHoldsTable
  appointmentNotes: AppointmentNotesTable
  appointmentReminders: AppointmentRemindersTable
  calendarFeeds: CalendarFeedsTable
}
