import type { SeedCalendar } from '../../crm/calendars/index.js'
import type { SeedContact } from '../../crm/contacts/index.js'
import { newId } from '../../ids.js'

const dayMs = 86_400_000
/** Morning in Portland, whatever its clocks do. */
const hourOfDay = 17

/** The one calendar of the first sub-account, with a visit on each of the next days and one that was. */
export const demoCalendar = (contacts: readonly SeedContact[], userIds: readonly string[], now: Date): SeedCalendar => {
  const dateAdded = new Date(now.getTime() - 100 * dayMs)
  const today = Math.floor(now.getTime() / dayMs) * dayMs
  const visitors = contacts.slice(0, 8)
  return {
    id: newId(dateAdded),
    name: 'Consultation',
    description: 'Half an hour with one of our dentists.',
    userIds,
    dateAdded,
    appointments: visitors.map(({ id: contactId, firstName, lastName }, index) => {
      const startAt = new Date(today + (index - 1) * dayMs + hourOfDay * 3_600_000 + (index % 3) * 1_800_000)
      const userId = userIds[index % userIds.length] ?? ''
      return { id: newId(now), contactId, title: `${firstName} ${lastName}`, userId, startAt }
    }),
  }
}
