import { DELETE, GET, limitSkip, POST, PUT, t } from '@groundlevel/contract-kit'
import { calendars } from './module.js'

/** `HH:MM`, up to 24:00. */
const clock = t.String({ maxLength: 5 })
const Interval = t.Object({ from: clock, to: clock })

const Rule = t.Object({
  type: t.Enum(['wday', 'date']),
  intervals: t.Array(Interval, { maxItems: 48 }),
  /** `YYYY-MM-DD`, of rules of type `date`. */
  date: t.Optional(t.String({ maxLength: 10 })),
  day: t.Optional(t.Enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'])),
})

export const Schedule = t.Object({
  id: t.String(),
  name: t.String(),
  locationId: t.String(),
  rules: t.Array(Rule),
  timezone: t.String(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  userId: t.String(),
  calendarIds: t.Array(t.String()),
  deleted: t.Boolean(),
})

const name = t.String({ minLength: 1, maxLength: 200 })
const rules = t.Array(Rule, { maxItems: 1000 })
const timezone = t.String({ minLength: 1, maxLength: 100 })
const One = t.Object({ schedule: Schedule })
const Done = t.Object({ success: t.Boolean() })

export const schedules = calendars.resource(
  'schedules',
  '/calendars/schedules',
  {
    search: GET('/search', {
      id: 'getAllSchedules',
      summary: 'Schedules of a user',
      tenant: 'query',
      query: t.Object({
        locationId: t.String(),
        userId: t.String({ maxLength: 50 }),
        calendarId: t.Optional(t.String({ maxLength: 50 })),
        skip: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
        limit: t.Default(t.Integer({ minimum: 1, maximum: 500 }), 50),
      }),
      reply: t.Object({ schedules: t.Array(Schedule) }),
      page: limitSkip('schedules', 50),
    }),
    create: POST('', {
      id: 'createSchedule',
      summary: 'Say when a user works, for some calendars',
      tenant: 'body',
      body: t.Object({
        rules: t.Optional(rules),
        timezone,
        locationId: t.String(),
        name,
        userId: t.String({ maxLength: 50 }),
        calendarIds: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 200 })),
      }),
      status: 201,
      reply: One,
    }),
    get: GET('/:id', { id: 'getScheduleById', summary: 'One schedule', reply: One }),
    update: PUT('/:id', {
      id: 'updateSchedule',
      summary: 'Change a schedule',
      body: t.Object({ name: t.Optional(name), rules: t.Optional(rules), timezone: t.Optional(timezone) }),
      reply: One,
    }),
    remove: DELETE('/:id', { id: 'deleteSchedule', summary: 'Delete a schedule', reply: Done }),
    associate: PUT('/:id/associations/:calendarId', {
      id: 'add-calendar-to-schedule',
      summary: 'Let a schedule count for a calendar',
      reply: Done,
    }),
    dissociate: DELETE('/:id/associations/:calendarId', {
      id: 'remove-calendar-from-schedule',
      summary: 'Let a schedule count for a calendar no longer',
      reply: Done,
    }),
  },
  { reaches: 'none' },
)
