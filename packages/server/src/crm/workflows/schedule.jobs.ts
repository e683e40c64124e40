import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import { addEnrolments } from './enrolments.sql.js'
import type { WorkflowPorts } from './ports.js'
import { nextTime } from './schedule.rules.js'
import { type DueSchedule, setNext, takeSchedules } from './schedules.sql.js'

const atOnce = 1000
const roundsARun = 20

/** Puts every contact with the tag into the workflow. @returns how many came in */
const enrolTagged = async (
  db: Db,
  ports: WorkflowPorts,
  { locationId, workflowId, trigger, settings }: DueSchedule,
  now: Date,
) => {
  const tag = String(trigger.tag).trim().toLowerCase()
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
    const tagged = await ports.taggedIds(db, locationId, tag, after, atOnce)
    const ids = await ports.holdContacts(db, locationId, tagged)
    const rows = ids.map((contactId) => ({ ...shared, id: newUuid(), contactId, trigger: { type: 'schedule', tag } }))
    came += await addEnrolments(db, rows)
    // One that was deleted meanwhile is not held, and is no end of the list.
    const last = tagged.at(-1)
    if (tagged.length < atOnce || last === undefined) return came
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
        const zone = (await ports.location(due.locationId))?.timezone
        await setNext(transaction, due, nextTime(due.trigger, now, zone))
        return enrolTagged(transaction, ports, due, now)
      })
      if (came === undefined) return
      if (came > 0) wake()
    }
  },
})
