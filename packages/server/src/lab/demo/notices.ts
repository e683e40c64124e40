import type { SeedCalendar } from '../../crm/calendars/index.js'
import type { SeedNotice, SeedStaffMessage } from '../../crm/notices/index.js'
import type { SeedOpportunity } from '../../crm/opportunities/index.js'
import { newId } from '../../ids.js'
import { locations } from './world.js'

const hourMs = 3_600_000

/** As the practice reads its calendar. */
const whenFormat = () =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: locations[0]?.timezone ?? 'UTC', weekday: 'long', day: 'numeric', month: 'long' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'longGeneric' },
  })

/** Who was given an opportunity of late: not read yet. */
const givenAway = (opportunities: readonly SeedOpportunity[], now: Date): SeedNotice[] =>
  opportunities
    .filter(({ status, assignedTo }) => status === 'open' && assignedTo)
    .slice(0, 2)
    .map(({ id: opportunityId, contactId, name, monetaryValue, assignedTo }, index) => {
      const dateAdded = new Date(now.getTime() - (index + 1) * hourMs)
      const about = { title: `An opportunity is yours: ${name}`, body: `worth $${monetaryValue.toLocaleString('en')}` }
      const to = { userId: assignedTo ?? '', contactId, opportunityId, appointmentId: null }
      return { id: newId(dateAdded), ...about, ...to, dateAdded, readAt: null }
    })

/** What the team was told of visits and opportunities: in the portal, the newest not read yet, and by text. */
export const demoNotices = (calendar: SeedCalendar, opportunities: readonly SeedOpportunity[], now: Date) => {
  const when = whenFormat()
  const visits = calendar.appointments.slice(0, 6)
  const notices: SeedNotice[] = visits.map(({ id, contactId, title, userId, startAt }, index) => {
    const dateAdded = new Date(now.getTime() - (visits.length - index) * 3 * hourMs)
    return {
      id: newId(dateAdded),
      userId,
      title: `${index % 3 === 2 ? 'New time' : 'Booked'}: ${calendar.name} with ${title}`,
      body: when.format(startAt),
      appointmentId: id,
      opportunityId: null,
      contactId,
      dateAdded,
      readAt: index < visits.length - 2 ? new Date(dateAdded.getTime() + hourMs) : null,
    }
  })
  const messages: SeedStaffMessage[] = visits.slice(0, 2).map(({ contactId, title }, index) => {
    const dateAdded = new Date(now.getTime() - (index + 1) * hourMs)
    const channel = index === 0 ? 'sms' : 'email'
    const about = { channel, to: index === 0 ? '+13125550123' : 'front-desk@harbor-dental.example', from: null } as const
    const text = `${title} comes tomorrow. Please have the file ready.`
    return {
      id: newId(dateAdded),
      ...about,
      subject: 'A visit tomorrow',
      body: text,
      status: 'kept',
      error: null,
      contactId,
      dateAdded,
    }
  })
  return { notices: [...notices, ...givenAway(opportunities, now)], messages }
}
