import { found, missing, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { demandUsers } from '../contacts/index.js'
import { isZone } from '../zones/index.js'
import { calendarsOf } from './calendars.sql.js'
import type { CalendarPorts } from './ports.js'
import { schedulesOf } from './schedules.sql.js'
import type { ScheduleRule } from './windows.rules.js'

const demandZone = (timezone: string | undefined) => {
  if (timezone !== undefined && !isZone(timezone)) throw unprocessable(['timezone must be a valid IANA time zone'])
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
const isClock = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text)

const faultsOf = ({ type, date, day, intervals }: ScheduleRule, at: number): string[] => {
  const times = intervals.flatMap(({ from, to }, index) =>
    [['from', from] as const, ['to', to] as const]
      .filter(([, time]) => !isClock(time))
      .map(([name]) => `rules.${at}.intervals.${index}.${name} must be a time of the day, as 09:30`),
  )
  if (type === 'date' && (date === undefined || !isDay(date))) return [...times, `rules.${at}.date must be a day, as 2027-03-04`]
  return type === 'wday' && day === undefined ? [...times, `rules.${at}.day should not be empty`] : times
}

const demandRules = (rules: readonly ScheduleRule[] | undefined) => {
  const problems = (rules ?? []).flatMap(faultsOf)
  if (problems.length > 0) throw unprocessable(problems)
}

const demandCalendars = async (db: Db, locationId: string, ids: readonly string[]) => {
  const known = await calendarsOf(db, locationId).among(ids)
  if (ids.some((id) => !known.has(id))) throw missing('Calendar')
}

const done = { success: true }

export const scheduleHandlers = ({ users }: Pick<CalendarPorts, 'users'>) =>
  implement(api.calendars.schedules, ({ db, locationId }) => ({ schedules: schedulesOf(db, locationId) }), {
    search: async ({ query }, { schedules }) => ({ schedules: await schedules.search(query) }),

    create: async (
      { body: { rules = [], calendarIds = [], timezone, name, userId } },
      { schedules, db, locationId, newId, now },
    ) => {
      demandZone(timezone)
      demandRules(rules)
      await demandUsers(users, db, locationId, [userId])
      await demandCalendars(db, locationId, calendarIds)
      const row = { id: newId(), rules, calendarIds: [...new Set(calendarIds)], timezone, name, userId }
      return { schedule: found(await schedules.add(row, now), 'Schedule') }
    },

    get: async ({ id }, { schedules }) => ({ schedule: found(await schedules.find(id), 'Schedule') }),

    update: async ({ id, body }, { schedules, now }) => {
      demandZone(body.timezone)
      demandRules(body.rules)
      return { schedule: found(await schedules.change(id, body, now), 'Schedule') }
    },

    remove: async ({ id }, { schedules, now }) => {
      found(await schedules.change(id, { deleted: true }, now), 'Schedule')
      return done
    },

    associate: async ({ id, calendarId }, { schedules, db, locationId, now }) => {
      await demandCalendars(db, locationId, [calendarId])
      found(await schedules.associate(id, calendarId, now), 'Schedule')
      return done
    },

    dissociate: async ({ id, calendarId }, { schedules, now }) => {
      found(await schedules.dissociate(id, calendarId, now), 'Schedule')
      return done
    },
  })
