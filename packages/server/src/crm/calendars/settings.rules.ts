import type { Static } from '@groundlevel/contract-kit'
import { badRequest, unprocessable } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'

export type Calendar = Static<typeof api.calendars.calendar.get.reply>['calendar']
export type CalendarSettings = Omit<Calendar, 'id' | 'locationId' | 'name' | 'calendarType' | 'groupId' | 'isActive' | 'slug'>

export const week = [1, 2, 3, 4, 5]

/** What the documents say is so where nobody says anything; the hours are ours. */
export const defaultSettings: CalendarSettings = {
  eventType: 'RoundRobin_OptimizeForAvailability',
  widgetType: 'classic',
  eventTitle: '{{contact.name}}',
  eventColor: '#039be5',
  slotDuration: 30,
  slotDurationUnit: 'mins',
  slotInterval: 30,
  slotIntervalUnit: 'mins',
  appoinmentPerSlot: 1,
  autoConfirm: true,
  allowReschedule: true,
  allowCancellation: true,
  googleInvitationEmails: false,
  enableRecurring: false,
  formSubmitType: 'ThankYouMessage',
  openHours: week.map((day) => ({
    daysOfTheWeek: [day],
    hours: [{ openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 }],
  })),
}

const withTeam = new Set(['round_robin', 'collective', 'class_booking', 'service_booking', 'personal'])

interface Judged {
  readonly calendarType: string
  readonly teamMembers?: Calendar['teamMembers']
  readonly enableRecurring?: boolean | undefined
}

/** @throws WireError 422 where type and team do not go together */
export const demandTeam = ({ calendarType, teamMembers = [], enableRecurring }: Judged): void => {
  const ids = teamMembers.map(({ userId }) => userId)
  const problems: string[] = []
  if (withTeam.has(calendarType) && ids.length === 0)
    problems.push(`teamMembers should not be empty for a calendar of type ${calendarType}`)
  if (calendarType === 'personal' && ids.length > 1)
    problems.push('teamMembers must contain exactly one member for a personal calendar')
  if (new Set(ids).size < ids.length) problems.push('teamMembers must not name a user twice')
  if (teamMembers.filter(({ isPrimary }) => isPrimary).length > 1)
    problems.push('teamMembers must have one primary member at most')
  if (enableRecurring && ids.length > 1) problems.push('enableRecurring needs exactly one team member')
  if (problems.length > 0) throw unprocessable(problems)
}

export type Team = NonNullable<Calendar['teamMembers']>

interface Arriving {
  readonly calendarType: string
  readonly brought: Team
  /** The team of the calendar that it replaces. */
  readonly own: Team
}

/** The team of a calendar that comes from another sub-account. Where nobody of it may be here, those who are in it here stay. */
export const teamHere = ({ calendarType, brought, own }: Arriving, here: ReadonlySet<string>) => {
  const needed = withTeam.has(calendarType)
  const living = (team: Team) => team.filter(({ userId }) => here.has(userId))
  const kept = living(brought)
  const teamMembers = kept.length === 0 && (needed || brought.length > 0) ? living(own) : kept
  return { teamMembers, teamless: needed && teamMembers.length === 0 }
}

/** Hours of single days after an update: those that name an id replace it, those that are deleted go. */
export const mergeAvailabilities = (
  before: NonNullable<Calendar['availabilities']>,
  sent: NonNullable<Calendar['availabilities']>,
  newId: () => string,
): NonNullable<Calendar['availabilities']> => {
  const known = new Map(before.map((each) => [each.id ?? '', each]))
  for (const { id, deleted, ...rest } of sent) {
    if (id !== undefined && !known.has(id)) throw badRequest('Availability not found')
    // A day has one set of hours: what is sent for it anew takes the place of what was there.
    const same = id ?? [...known.values()].find(({ date }) => date.slice(0, 10) === rest.date.slice(0, 10))?.id
    if (deleted) known.delete(same ?? '')
    else {
      const own = same ?? newId()
      known.set(own, { id: own, ...rest })
    }
  }
  return [...known.values()].map((each) => ({ ...each, id: each.id ?? newId() }))
}
