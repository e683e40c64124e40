import { createLoop, type Found, type Loop } from '../../background/loop.js'
import type { Db } from '../../database/wire.js'
import type { Services } from '../../services.js'
import { zoneOf } from '../zones/index.js'
import { enrolmentsOf } from './enrolments.sql.js'
import type { ContactRecord, WorkflowPorts } from './ports.js'
import { compile, type Program } from './program.rules.js'
import { advanceAll, type Course, createRound, writeRound } from './round.js'
import { addSteps, anyDue, moveAll, type Running, takeDue } from './running.sql.js'
import { type RunnableWorkflow, runnableWorkflows } from './workflows.sql.js'

/** Contacts of one transaction: few enough that a failure repeats little. */
const batchSize = 100
/** Transactions at once in this process. */
const lanes = 2
const mostAttempts = 5
const retryMs = [60_000, 300_000, 1_800_000, 7_200_000]

interface EngineParts {
  readonly db: Db
  readonly clock: Services['clock']
  readonly say: (line: string) => void
  readonly ports: WorkflowPorts
}

interface Runnable {
  readonly workflow: RunnableWorkflow
  readonly program: Program
}

/** Programs by workflow and version: a definition is laid out once. */
const createPrograms = () => {
  const known = new Map<string, Program>()
  return ({ id, version, actions }: RunnableWorkflow): Program => {
    const key = `${id} ${version}`
    const program = known.get(key) ?? compile(actions)
    if (known.size > 500) known.clear()
    known.set(key, program)
    return program
  }
}

const byLocation = (enrolments: readonly Running[]) => {
  const groups = new Map<string, Running[]>()
  for (const each of enrolments) groups.set(each.locationId, [...(groups.get(each.locationId) ?? []), each])
  return groups
}

type ProgramOf = ReturnType<typeof createPrograms>

const runnableOf = async (db: Db, enrolments: readonly Running[], programOf: ProgramOf): Promise<Map<string, Runnable>> => {
  const workflows = await runnableWorkflows(db, [...new Set(enrolments.map(({ workflowId }) => workflowId))])
  return new Map(workflows.map((workflow) => [workflow.id, { workflow, program: programOf(workflow) }]))
}

const fieldIdsOf = async (db: Db, ports: WorkflowPorts, locationId: string) =>
  new Map((await ports.fieldKeys(db, locationId)).map(({ id, fieldKey }) => [fieldKey, id]))

/** Advances those whose contacts nobody else is changing; the others stay due. @returns how many went on */
const runTaken = async (db: Db, taken: readonly Running[], now: Date, ports: WorkflowPorts, programOf: ProgramOf) => {
  const round = createRound(db, now, ports)
  const runnable = await runnableOf(db, taken, programOf)
  const going: { enrolment: Running; contact: ContactRecord; course: Course }[] = []
  for (const [locationId, group] of byLocation(taken)) {
    const fieldIds = await fieldIdsOf(db, ports, locationId)
    const zone = zoneOf((await ports.location(locationId))?.timezone)
    const held = await ports.takeContacts(db, locationId, [...new Set(group.map(({ contactId }) => contactId))])
    const contacts = new Map<string, ContactRecord>(held.map((contact) => [contact.id, contact]))
    const seen = new Set<string>()
    for (const enrolment of group) {
      const contact = contacts.get(enrolment.contactId)
      const found = runnable.get(enrolment.workflowId)
      // A second way of the same contact sees what the first one changed: at its next turn.
      if (!contact || !found || seen.has(enrolment.contactId)) continue
      seen.add(enrolment.contactId)
      going.push({ enrolment, contact, course: { ...found, fieldIds, zone } })
    }
  }
  await advanceAll(round, going)
  await writeRound(round)
  return { advanced: round.moved.length, emitted: round.events.length > 0, called: round.calls.length > 0, began: round.began }
}

/** What is tried again later, and in the end given up: it must not hold up the others. */
const putOff = (db: Db, enrolment: Running, now: Date, error: Error) =>
  db.transaction().execute(async (transaction) => {
    const attempts = enrolment.attempts + 1
    const given = attempts >= mostAttempts
    const reason = `${given ? 'given up' : 'failed and is tried again'}: ${error.message.slice(0, 500)}`
    const { locationId, workflowId, id, actionId, steps, burst, vars, goal, resumeAt } = enrolment
    const last = await enrolmentsOf(transaction, locationId).lastStep(id)
    if (last === undefined) return
    const number = last + 1
    await addSteps(transaction, [
      { locationId, workflowId, enrolmentId: id, number, actionId, type: 'workflow', outcome: 'failed', reason, at: now },
    ])
    await moveAll(transaction, [
      {
        locationId,
        id,
        status: given ? 'failed' : 'active',
        actionId,
        dueAt: given ? null : new Date(now.getTime() + (retryMs[attempts - 1] ?? 0)),
        waitingFor: given ? null : enrolment.waitingFor,
        steps: number > steps ? number : steps + 1,
        burst,
        attempts,
        vars,
        reason,
        updatedAt: now,
        finishedAt: given ? now : null,
        goal: given ? null : goal,
        resumeAt: given ? null : resumeAt,
      },
    ])
  })

export interface WorkflowEngine {
  readonly loop: Loop
  /** One batch. @returns how many contacts went on, and how many were due */
  run(): Promise<{ readonly advanced: number; readonly due: number }>
}

/** Runs workflows: claims what is due, does its steps and moves it in one transaction. */
export const createEngine = (parts: EngineParts, wakeCalls: () => void): WorkflowEngine => {
  const { db, clock, say, ports } = parts
  const programOf = createPrograms()

  const batch = async (limit: number) => {
    const now = clock.now()
    let taken: Running[] = []
    const result = await db
      .transaction()
      .execute(async (transaction) => {
        taken = await takeDue(transaction, now, limit)
        return runTaken(transaction, taken, now, ports, programOf)
      })
      .catch(async (error: Error) => {
        if (taken.length <= 1) throw Object.assign(error, { enrolment: taken[0], now })
        return undefined
      })
    if (result?.emitted) ports.wake()
    if (result?.called) wakeCalls()
    if (result?.began) loop.wake()
    return { result, due: taken.length }
  }

  /** One by one, so that the one that fails is found. */
  const single = async (times: number) => {
    for (let at = 0; at < times; at++) {
      try {
        const { due } = await batch(1)
        if (due === 0) return
      } catch (error) {
        const { enrolment, now } = error as { enrolment?: Running; now?: Date }
        if (!enrolment || !now) throw error
        say(`Workflow ${enrolment.workflowId}: a step failed: ${(error as Error).message}`)
        await putOff(db, enrolment, now, error as Error)
      }
    }
  }

  const run = async () => {
    try {
      const { result, due } = await batch(batchSize)
      if (!result) await single(due)
      return { advanced: result?.advanced ?? due, due }
    } catch (error) {
      const { enrolment, now } = error as { enrolment?: Running; now?: Date }
      if (!enrolment || !now) throw error
      say(`Workflow ${enrolment.workflowId}: a step failed: ${(error as Error).message}`)
      await putOff(db, enrolment, now, error as Error)
      return { advanced: 1, due: 1 }
    }
  }

  const work = async (): Promise<Found> => {
    if (!(await anyDue(db, clock.now()))) return 'nothing'
    const done = await Promise.all(Array.from({ length: lanes }, run))
    if (done.every(({ advanced }) => advanced === 0)) return 'some'
    return done.some(({ due }) => due === batchSize) ? 'full' : 'some'
  }

  const loop = createLoop({
    work,
    idleMs: 250,
    longestIdleMs: 1_000,
    busyMs: 25,
    onError: (error) => say(`Workflows could not go on, trying again: ${error.message}`),
  })
  return { loop, run }
}
