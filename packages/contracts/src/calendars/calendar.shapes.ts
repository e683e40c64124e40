import { t } from '@groundlevel/contract-kit'

const text = (maxLength: number) => t.Optional(t.String({ maxLength }))
const flag = t.Optional(t.Boolean())
const count = (minimum: number, maximum: number) => t.Optional(t.Nullable(t.Number({ minimum, maximum })))

const Hour = t.Object({
  openHour: t.Integer({ minimum: 0, maximum: 24 }),
  openMinute: t.Integer({ minimum: 0, maximum: 59 }),
  closeHour: t.Integer({ minimum: 0, maximum: 24 }),
  closeMinute: t.Integer({ minimum: 0, maximum: 59 }),
})

const hours = t.Array(Hour, { maxItems: 48 })

/** Days from Sunday, 0, to Saturday, 6. */
const OpenHour = t.Object({ daysOfTheWeek: t.Array(t.Integer({ minimum: 0, maximum: 6 }), { maxItems: 7 }), hours })

/** Hours of one day, written as `YYYY-MM-DDT00:00:00.000Z` of the day in the sub-account's zone. */
const Availability = t.Object({
  id: t.Optional(t.String({ maxLength: 50 })),
  date: t.String({ maxLength: 40 }),
  hours,
  deleted: flag,
})

const MeetingPlace = t.Object({
  kind: t.Enum([
    'custom',
    'zoom_conference',
    'google_conference',
    'inbound_call',
    'outbound_call',
    'physical',
    'booker',
    'ms_teams_conference',
  ]),
  location: text(2000),
  meetingId: text(200),
})

const TeamMember = t.Object({
  userId: t.String({ maxLength: 50 }),
  priority: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
  meetingLocationType: text(50),
  meetingLocation: text(2000),
  isPrimary: flag,
  locationConfigurations: t.Optional(t.Array(MeetingPlace, { maxItems: 20 })),
})

const Notification = t.Object({
  type: t.Optional(t.Enum(['email'])),
  shouldSendToContact: t.Boolean(),
  shouldSendToGuest: t.Boolean(),
  shouldSendToUser: t.Boolean(),
  shouldSendToSelectedUsers: t.Boolean(),
  selectedUsers: t.String({ maxLength: 5000 }),
})

const Recurring = t.Object({
  freq: t.Optional(t.Enum(['DAILY', 'WEEKLY', 'MONTHLY'])),
  count: t.Optional(t.Integer({ minimum: 1, maximum: 100 })),
  bookingOption: t.Optional(t.Enum(['skip', 'continue', 'book_next'])),
  bookingOverlapDefaultStatus: t.Optional(t.Enum(['confirmed', 'new'])),
})

const LookBusy = t.Object({ enabled: t.Boolean(), LookBusyPercentage: t.Number({ minimum: 0, maximum: 100 }) })

const minsOrHours = t.Optional(t.Enum(['mins', 'hours']))

/** What a calendar is besides its name and type: kept as it was sent, with the documents' defaults. */
const settings = {
  notifications: t.Optional(t.Array(Notification, { maxItems: 20 })),
  groupId: t.Optional(t.Nullable(t.String({ maxLength: 50 }))),
  teamMembers: t.Optional(t.Array(TeamMember, { maxItems: 200 })),
  eventType: t.Optional(t.Enum(['RoundRobin_OptimizeForAvailability', 'RoundRobin_OptimizeForEqualDistribution'])),
  description: text(20_000),
  slug: text(200),
  widgetSlug: text(200),
  widgetType: t.Optional(t.Enum(['default', 'classic'])),
  eventTitle: text(1000),
  eventColor: text(40),
  meetingLocation: text(2000),
  locationConfigurations: t.Optional(t.Array(MeetingPlace, { maxItems: 20 })),
  slotDuration: count(1, 1440),
  slotDurationUnit: minsOrHours,
  slotInterval: count(1, 1440),
  slotIntervalUnit: minsOrHours,
  slotBuffer: count(0, 1440),
  slotBufferUnit: minsOrHours,
  preBuffer: count(0, 1440),
  preBufferUnit: minsOrHours,
  /** Spelt as the wire spells it (sic). */
  appoinmentPerSlot: count(1, 10_000),
  appoinmentPerDay: count(0, 10_000),
  allowBookingAfter: count(0, 10_000),
  allowBookingAfterUnit: t.Optional(t.Enum(['hours', 'days', 'weeks', 'months'])),
  allowBookingFor: count(0, 10_000),
  allowBookingForUnit: t.Optional(t.Enum(['days', 'weeks', 'months'])),
  openHours: t.Optional(t.Array(OpenHour, { maxItems: 50 })),
  enableRecurring: flag,
  recurring: t.Optional(Recurring),
  formId: text(50),
  stickyContact: flag,
  isLivePaymentMode: flag,
  autoConfirm: flag,
  shouldSendAlertEmailsToAssignedMember: flag,
  alertEmail: text(320),
  googleInvitationEmails: flag,
  allowReschedule: flag,
  allowCancellation: flag,
  shouldAssignContactToTeamMember: flag,
  shouldSkipAssigningContactForExisting: flag,
  notes: text(20_000),
  pixelId: text(200),
  formSubmitType: t.Optional(t.Enum(['RedirectURL', 'ThankYouMessage'])),
  formSubmitRedirectURL: text(2000),
  formSubmitThanksMessage: text(5000),
  /** 1: only `availabilities`; 0: only `openHours`; null: both, a day's own hours before those of its weekday. */
  availabilityType: t.Optional(t.Nullable(t.Integer({ minimum: 0, maximum: 1 }))),
  availabilities: t.Optional(t.Array(Availability, { maxItems: 1000 })),
  guestType: t.Optional(t.Enum(['count_only', 'collect_detail'])),
  consentLabel: text(5000),
  calendarCoverImage: text(2000),
  lookBusyConfig: t.Optional(LookBusy),
  isActive: flag,
}

const calendarType = t.Enum(['round_robin', 'event', 'class_booking', 'collective', 'service_booking', 'personal'])
const name = t.String({ minLength: 1, maxLength: 200 })

export const CalendarCreate = t.Object({ locationId: t.String(), name, calendarType: t.Optional(calendarType), ...settings })
export const CalendarUpdate = t.Object({ name: t.Optional(name), ...settings })

export const Calendar = t.Object({
  locationId: t.String(),
  name: t.String(),
  id: t.String(),
  calendarType,
  ...settings,
})
