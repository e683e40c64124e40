import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { type ContactUsers, demandUsers, foundContact, holdContacts } from '../contacts/index.js'
import { comeRound, nextOf } from './recurring.js'
import { beginOf, recurrenceOf, type StoredRrule, toStoredRrule } from './recurring.rules.js'
import { seriesOf } from './recurring.sql.js'
import { filled } from './tasks.rules.js'

/** Where a series is, and what its clocks show. */
export interface TaskPlaces {
  /** Must not wait for the pool that changes run on. */
  location(id: string): Promise<{ readonly companyId: string; readonly timezone: string | null } | undefined>
}

const demandContacts = async (db: Db, locationId: string, ids: readonly string[]) => {
  const known = new Set(await holdContacts(db, locationId, ids))
  for (const id of ids) foundContact(known.has(id) ? id : undefined, id)
}

const distinct = (ids: readonly string[]) => [...new Set(ids)]
const secondMs = 1000

/** Where a changed series goes on: not before now, not twice for the turn that it had already. */
const goesOnFrom = (now: Date, lastAt: Date | null) => new Date(Math.max(now.getTime(), lastAt ? lastAt.getTime() + secondMs : 0))

export const recurringHandlers = (users: ContactUsers, places: TaskPlaces) =>
  implement(api.locations.recurringTasks, ({ db, locationId }) => ({ series: seriesOf(db, locationId) }), {
    create: async ({ body }, { db, locationId, series, newId, now, emitAll }) => {
      const [contactIds, owners] = [distinct(body.contactIds ?? []), distinct(body.owners ?? [])]
      const rruleOptions = toStoredRrule(body.rruleOptions)
      await demandContacts(db, locationId, contactIds)
      await demandUsers(users, db, locationId, owners)
      const timezone = (await places.location(locationId))?.timezone ?? null
      const { startDate } = recurrenceOf(rruleOptions)
      const begin = body.ignoreTaskCreation ? now : beginOf(startDate, now)
      const nextAt = nextOf(rruleOptions, 0, begin, timezone)
      const row = { title: filled(body.title, 'title'), description: body.description ?? '', contactIds, owners, rruleOptions }
      const id = newId()
      await series.add({ ...row, id, nextAt, createdAt: now })
      if (nextAt && !body.ignoreTaskCreation) {
        const first = await comeRound(db, { ...row, id, locationId, nextAt, totalOccurrence: 0 }, nextAt, now, timezone)
        await emitAll('TaskCreate', first)
      }
      return { recurringTask: found(await series.find(id), 'Recurring task') }
    },

    get: async ({ id }, { series }) => ({ recurringTask: found(await series.find(id), 'Recurring task') }),

    update: async ({ id, body }, { db, locationId, series, now }) => {
      const before = found(await series.lock(id), 'Recurring task')
      const { title, description, contactIds, owners } = body
      await demandContacts(db, locationId, contactIds ?? [])
      await demandUsers(users, db, locationId, owners ?? [])
      const rruleOptions = body.rruleOptions ? toStoredRrule(body.rruleOptions) : undefined
      const timezone = (await places.location(locationId))?.timezone ?? null
      const next = (options: StoredRrule) => nextOf(options, before.totalOccurrence, goesOnFrom(now, before.lastAt), timezone)
      const change = {
        ...(title === undefined ? {} : { title: filled(title, 'title') }),
        ...(description === undefined ? {} : { description: description ?? '' }),
        ...(contactIds ? { contactIds: distinct(contactIds) } : {}),
        ...(owners ? { owners: distinct(owners) } : {}),
        ...(rruleOptions ? { rruleOptions, nextAt: next(rruleOptions) } : {}),
      }
      await series.change(id, change, now)
      return { recurringTask: found(await series.find(id), 'Recurring task') }
    },

    remove: async ({ id }, { series }) => {
      found(await series.remove(id), 'Recurring task')
      return { id, success: true }
    },
  })
