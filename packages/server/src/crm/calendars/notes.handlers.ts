import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { demandUsers } from '../contacts/index.js'
import { eventsOf } from './events.sql.js'
import { notesOf } from './notes.sql.js'
import type { CalendarPorts } from './ports.js'

const named = (userId: string | null | undefined) => (userId ? [userId] : [])

export const appointmentNoteHandlers = ({ users }: Pick<CalendarPorts, 'users'>) =>
  implement(
    api.calendars.notes,
    ({ db, locationId }, { appointmentId = '' }) => ({
      notes: notesOf(db, locationId, appointmentId),
      events: eventsOf(db, locationId),
    }),
    {
      list: async ({ appointmentId, query: { limit, offset } }, { notes, events }) => {
        found(await events.find(appointmentId, 'appointment'), 'Appointment')
        return { notes: await notes.list(limit, offset), hasMore: (await notes.count()) > offset + limit }
      },

      create: async (
        { appointmentId, body: { body, userId } },
        { notes, events, db, locationId, userId: caller, newId, now },
      ) => {
        found(await events.hold(appointmentId), 'Appointment')
        await demandUsers(users, db, locationId, named(userId))
        return { note: found(await notes.add({ id: newId(), body, userId: userId ?? caller, dateAdded: now }), 'Note') }
      },

      update: async ({ noteId, body: { body, userId } }, { notes, db, locationId }) => {
        await demandUsers(users, db, locationId, named(userId))
        const fields = { body, ...(userId === undefined ? {} : { userId }) }
        return { note: found(await notes.change(noteId, fields), 'Note') }
      },

      remove: async ({ noteId }, { notes }) => {
        found(await notes.remove(noteId), 'Note')
        return { success: true }
      },
    },
  )
