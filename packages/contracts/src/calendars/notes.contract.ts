import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { events } from './module.js'

export const AppointmentNote = t.Object({
  id: t.String(),
  body: t.String(),
  userId: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  contactId: t.Optional(t.String()),
  createdBy: t.Optional(t.Object({ id: t.Optional(t.String()), name: t.Optional(t.String()) })),
})

const NoteIn = t.Object({
  userId: t.Optional(t.Nullable(t.String({ maxLength: 50 }))),
  body: t.String({ minLength: 1, maxLength: 65_536 }),
})
const One = t.Object({ note: AppointmentNote })

export const notes = events.resource(
  'notes',
  '/calendars/appointments/:appointmentId/notes',
  {
    list: GET('', {
      id: 'get-appointment-notes',
      summary: 'Notes of an appointment, newest first',
      query: t.Object({
        limit: t.Default(t.Integer({ minimum: 1, maximum: 20 }), 10),
        offset: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
      }),
      reply: t.Object({ notes: t.Array(AppointmentNote), hasMore: t.Boolean() }),
    }),
    create: POST('', { id: 'create-appointment-note', summary: 'Write a note', body: NoteIn, status: 201, reply: One }),
    update: PUT('/:noteId', { id: 'update-appointment-note', summary: 'Change a note', body: NoteIn, reply: One }),
    remove: DELETE('/:noteId', {
      id: 'delete-appointment-note',
      summary: 'Delete a note',
      reply: t.Object({ success: t.Boolean() }),
    }),
  },
  { reaches: { appointment: ['appointmentId'] } },
)
