import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import { Calendar, CalendarCreate, CalendarUpdate } from './calendar.shapes.js'
import { calendars } from './module.js'

const One = t.Object({ calendar: Calendar })

export const calendar = calendars.resource(
  'calendar',
  '/calendars',
  {
    list: GET('/', {
      id: 'get-calendars',
      summary: 'Calendars of a sub-account',
      tenant: 'query',
      query: t.Object({
        locationId: t.String(),
        groupId: t.Optional(t.String({ maxLength: 50 })),
        showDrafted: t.Default(t.Boolean(), true),
      }),
      reply: t.Object({ calendars: t.Array(Calendar) }),
    }),
    create: POST('/', {
      id: 'create-calendar',
      summary: 'Create a calendar',
      tenant: 'body',
      body: CalendarCreate,
      reply: One,
    }),
    freeSlots: GET('/:calendarId/free-slots', {
      id: 'get-slots',
      summary: 'Times at which something can be booked, by day',
      query: t.Object({
        startDate: t.Number({ minimum: 0, maximum: 8.64e15 }),
        endDate: t.Number({ minimum: 0, maximum: 8.64e15 }),
        timezone: t.Optional(t.String({ maxLength: 100 })),
        userId: t.Optional(t.String({ maxLength: 50 })),
        userIds: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 200 })),
      }),
      tolerates: { enableLookBusy: 'a widespread connector sends it; looking busy is a setting of the calendar' },
      reply: t.Open(),
    }),
    get: GET('/:calendarId', { id: 'get-calendar', summary: 'One calendar', reply: One }),
    update: PUT('/:calendarId', {
      id: 'update-calendar',
      summary: 'Change the sent fields of a calendar',
      body: CalendarUpdate,
      reply: One,
    }),
    remove: DELETE('/:calendarId', {
      id: 'delete-calendar',
      summary: 'Delete a calendar with what was booked in it',
      reply: t.Object({ success: t.Boolean(), ...succeeded, message: t.String(), calendar: Calendar }),
      emits: ['AppointmentDelete'],
    }),
  },
  { reaches: 'none' },
)
