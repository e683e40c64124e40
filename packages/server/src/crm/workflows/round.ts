import { WireError } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import { addCalls, type NewCall } from './calls.sql.js'
import { act } from './effects.js'
import { addSteps, type EnrolmentStatus, type Moved, moveAll, type Running, type StepRow } from './enrolments.sql.js'
import { decide, type Flow } from './flow.rules.js'
import type { ContactRecord, StepWork, WorkflowPorts } from './ports.js'
import type { Node, Program } from './program.rules.js'
import type { RunnableWorkflow } from './workflows.sql.js'
import { lookupIn } from './world.rules.js'

/** Steps of one contact in one transaction; then others have their turn. */
const stepsATurn = 50
/** Steps without a wait between them that are a circle. */
export const mostAtOnce = 500

/** What the enrolments of one transaction have in common, and collect. */
export interface Round {
  readonly db: Db
  readonly now: Date
  readonly ports: WorkflowPorts
  readonly steps: StepRow[]
  readonly moved: Moved[]
  readonly calls: (NewCall & { locationId: string; enrolmentId: string; now: Date })[]
  readonly events: Map<
    string,
    { readonly type: string; readonly locationId: string; readonly depth: number; readonly texts: string[] }
  >
}

export const createRound = (db: Db, now: Date, ports: WorkflowPorts): Round => ({
  db,
  now,
  ports,
  steps: [],
  moved: [],
  calls: [],
  events: new Map(),
})

/** One contact on its way, as far as this transaction has come. */
interface Turn {
  readonly enrolment: Running
  contact: ContactRecord
  vars: Readonly<Record<string, unknown>>
  at: string | undefined
  taken: number
}

const workOf = (round: Round, { locationId, workflowId, depth }: Running): StepWork => ({
  db: round.db,
  locationId,
  now: round.now,
  author: { source: 'WORKFLOW', channel: 'AUTOMATION', sourceId: workflowId, timestamp: round.now },
  newId: () => newId(round.now),
  emit: async (type, record) => {
    const text = 'text' in record && typeof record.text === 'string' ? record.text : JSON.stringify(record)
    const key = `${type} ${locationId} ${depth}`
    const known = round.events.get(key) ?? { type, locationId, depth: depth + 1, texts: [] }
    known.texts.push(text)
    round.events.set(key, known)
  },
})

/** What an action does, or why it could not: the way goes on either way, and the history says it. */
const effect = async (node: Node, round: Round, turn: Turn): Promise<Flow> => {
  const { enrolment } = turn
  const { locationId, id: enrolmentId, workflowId } = enrolment
  const { db, ports, now } = round
  const addCall = (call: NewCall) => void round.calls.push({ ...call, locationId, enrolmentId, now })
  try {
    const about = { db, ports, work: workOf(round, enrolment), enrolmentId, workflowId, contact: turn.contact, addCall }
    const { outcome, reason, contact, waitingFor } = await act(node.action, about)
    if (contact) turn.contact = contact
    return { outcome, reason, next: node.next, ...(waitingFor ? { waitingFor, dueAt: null } : {}) }
  } catch (error) {
    if (!(error instanceof WireError) || error.status >= 500) throw error
    return { outcome: 'failed', reason: [error.body.message].flat().join('; '), next: node.next }
  }
}

const note = (round: Round, { enrolment, taken }: Turn, node: Node | undefined, flow: Pick<Flow, 'outcome' | 'reason'>) =>
  void round.steps.push({
    locationId: enrolment.locationId,
    enrolmentId: enrolment.id,
    number: enrolment.steps + taken,
    actionId: node?.action.id ?? null,
    type: node?.action.type ?? 'workflow',
    outcome: flow.outcome,
    reason: flow.reason.slice(0, 2000),
    at: round.now,
  })

type Place = Pick<Moved, 'status' | 'actionId' | 'dueAt' | 'waitingFor' | 'reason'>

const over = (status: EnrolmentStatus, reason: string | null): Place => ({
  status,
  actionId: null,
  dueAt: null,
  waitingFor: null,
  reason,
})

const move = (round: Round, { enrolment, taken, vars }: Turn, place: Place) => {
  const waits = place.status === 'active' && (place.waitingFor !== null || (place.dueAt !== null && place.dueAt > round.now))
  round.moved.push({
    ...place,
    locationId: enrolment.locationId,
    id: enrolment.id,
    steps: enrolment.steps + taken,
    burst: waits ? 0 : enrolment.burst + taken,
    attempts: 0,
    vars,
    updatedAt: round.now,
    finishedAt: place.status === 'active' ? null : round.now,
  })
}

const step = async (node: Node, round: Round, turn: Turn, fieldIds: ReadonlyMap<string, string>): Promise<Flow> => {
  const { id: enrolmentId, trigger } = turn.enrolment
  const lookup = lookupIn({ contact: turn.contact, trigger, vars: turn.vars, fieldIds })
  return decide(node, { enrolmentId, trigger, lookup, now: round.now }) ?? (await effect(node, round, turn))
}

/** Why nothing may be done for it any more. */
const hindrance = (turn: Turn, workflow: RunnableWorkflow): Place | undefined => {
  if (turn.enrolment.burst >= mostAtOnce)
    return over('failed', `${mostAtOnce} steps without a wait: the workflow goes round in a circle`)
  return workflow.status === 'published' ? undefined : over('failed', 'the workflow is no longer published')
}

/** Lets one contact go on until it waits, leaves, or has had its turn. */
export const advance = async (
  round: Round,
  enrolment: Running,
  contact: ContactRecord,
  { workflow, program, fieldIds }: { workflow: RunnableWorkflow; program: Program; fieldIds: ReadonlyMap<string, string> },
): Promise<void> => {
  const turn: Turn = { enrolment, contact, vars: enrolment.vars, at: enrolment.actionId ?? program.first, taken: 0 }
  const hindered = hindrance(turn, workflow)
  if (hindered) return move(round, turn, hindered)
  if (enrolment.waitingFor === 'reply') {
    turn.taken++
    note(round, turn, undefined, { outcome: 'done', reason: 'no answer came in time' })
  }
  while (turn.taken < stepsATurn) {
    const node = turn.at === undefined ? undefined : program.nodes.get(turn.at)
    if (!node) return move(round, turn, over('completed', turn.at ? 'the step that came next was removed' : null))
    turn.taken++
    const flow = await step(node, round, turn, fieldIds)
    note(round, turn, node, flow)
    turn.at = flow.next
    if (flow.outcome === 'ended') return move(round, turn, over('completed', null))
    if (flow.dueAt !== undefined) {
      const waitingFor = flow.waitingFor ?? null
      if (waitingFor === 'reply') turn.vars = { ...turn.vars, replied: false }
      // A way that ends after the wait is at its end only then; '' is a place that no action has.
      return move(round, turn, { status: 'active', actionId: flow.next ?? '', dueAt: flow.dueAt, waitingFor, reason: null })
    }
  }
  return move(round, turn, { status: 'active', actionId: turn.at ?? '', dueAt: round.now, waitingFor: null, reason: null })
}

/** Writes what the round has collected. */
export const writeRound = async ({ db, now, ports, steps, moved, calls, events }: Round): Promise<void> => {
  await moveAll(db, moved)
  await addSteps(db, steps)
  await addCalls(db, calls)
  for (const { type, locationId, depth, texts } of events.values()) {
    const place = await ports.location(locationId)
    if (place) await ports.addEvents(db, { type, companyId: place.companyId, locationId, traceId: null, now, depth }, texts)
  }
}
