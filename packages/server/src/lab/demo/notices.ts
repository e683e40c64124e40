import type { SeedCalendar } from '../../crm/calendars/index.js'
import type { SeedNotice, SeedStaffMessage } from '../../crm/notices/index.js'
import { newId } from '../../ids.js'

const hourMs = 3_600_000

/** What the team of the calendar was told of its visits: in the portal, the newest not read yet, and by text. */
export const demoNotices = (calendar: SeedCalendar, now: Date) => {
  const visits = calendar.appointments.slice(0, 6)
  const notices: SeedNotice[] = visits.map(({ id, contactId, title, userId }, index) => {
    const dateAdded = new Date(now.getTime() - (visits.length - index) * 3 * hourMs)
    return {
      id: newId(dateAdded),
      userId,
      title: index % 3 === 2 ? `${title} has moved the appointment` : `${title} has booked ${calendar.name}`,
      body: 'Booked on the public page. The calendar has the time.',
      appointmentId: id,
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
  return { notices, messages }
}
