import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import { contactFieldOf } from '../contacts/index.js'
import { zoneOf } from '../zones/index.js'
import { addEnrolments } from './enrolments.sql.js'
import type { WorkflowPorts } from './ports.js'
import { dayMeant, fieldIdOf, madeUpFrom, nextTime } from './schedule.rules.js'
import { type DueSchedule, setNext, takeSchedules } from './schedules.sql.js'

const atOnce = 1000
const roundsARun = 20

/** Whom a schedule is about, in the order of their ids, after one of them. */
const contactsOf = async (db: Db, ports: WorkflowPorts, due: DueSchedule, zone: string) => {
  const { locationId, trigger } = due
  if (trigger.type === 'schedule') {
    const tag = String(trigger.tag).trim().toLowerCase()
    const kept = { type: 'schedule', tag }
    return { kept, next: (after: string) => ports.taggedIds(db, locationId, tag, after, atOnce) }
  }
  const field = String(trigger.field ?? 'dateOfBirth')
  const name = contactFieldOf(field)
  const fieldId = name ? undefined : fieldIdOf(await ports.fieldKeys(db, locationId), field)
  const day = dayMeant(trigger, due.nextAt, zone)
  const about = { fieldId, day, everyYear: trigger.everyYear === undefined ? name === 'dateOfBirth' : trigger.everyYear === true }
  const isAskable = name === 'dateOfBirth' || fieldId !== undefined
  const next = async (after: string) => (isAskable ? ports.dayIds(db, locationId, about, after, atOnce) : [])
  return { kept: { type: 'date', field, day }, next }
}

/** Puts everybody whom a schedule is about into the workflow. @returns how many came in */
const enrolScheduled = async (db: Db, ports: WorkflowPorts, due: DueSchedule, zone: string, now: Date) => {
  const { locationId, workflowId, settings } = due
  const { kept, next } = await contactsOf(db, ports, due, zone)
  const shared = {
    locationId,
    workflowId,
    status: 'active',
    depth: 0,
    reason: null,
    startedAt: now,
    once: settings.reentry === 'never',
  } as const
  let came = 0
  for (let after = ''; ; ) {
    const found = await next(after)
    const ids = await ports.holdContacts(db, locationId, found)
    const rows = ids.map((contactId) => ({ ...shared, id: newUuid(), contactId, trigger: kept }))
    came += (await addEnrolments(db, rows)).length
    // One that was deleted meanwhile is not held, and is no end of the list.
    const last = found.at(-1)
    if (found.length < atOnce || last === undefined) return came
    after = last
  }
}

/** Schedules whose time has come: a row's lock and its next time are one transaction, so that no node does it twice. */
export const scheduleJob = (db: Db, ports: WorkflowPorts, wake: () => void): Job => ({
  name: 'workflow schedules',
  everyMs: 2_000,
  run: async (now) => {
    for (let round = 0; round < roundsARun; round++) {
      const came = await db.transaction().execute(async (transaction) => {
        const [due] = await takeSchedules(transaction, now, 1)
        if (!due) return undefined
        const zone = zoneOf((await ports.location(due.locationId))?.timezone)
        // Days that were missed are made up for one by one: a birthday that fell into a break is remembered.
        const from = due.trigger.type === 'date' ? madeUpFrom(due.nextAt, now) : now
        await setNext(transaction, due, nextTime(due.trigger, from, zone))
        return enrolScheduled(transaction, ports, due, zone, now)
      })
      if (came === undefined) return
      if (came > 0) wake()
    }
  },
})
