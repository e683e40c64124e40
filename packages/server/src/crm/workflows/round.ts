import { jsonText } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import { addCalls, type NewCall } from './calls.sql.js'
import { type Done, failed } from './done.rules.js'
import { act } from './effects.js'
import { actOnMany } from './effects-on-many.js'
import type { EnrolmentStatus } from './enrolments.sql.js'
import { decide, type Flow } from './flow.rules.js'
import { goalReached } from './goals.rules.js'
import type { ContactRecord, EventInstall, StepWork, WorkflowPorts } from './ports.js'
import type { Node, Program } from './program.rules.js'
import { addSteps, type Moved, moveAll, type Running, type StepRow } from './running.sql.js'
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
  readonly events: EventRun[]
  /** Somebody was put into another workflow, which is due now. */
  began: boolean
}

/** Events of one kind that happened in a row: written as one, and in the order in which they happened. */
interface EventRun {
  readonly type: string
  readonly locationId: string
  readonly depth: number
  readonly about: EventInstall | undefined
  readonly texts: string[]
}

/** Many contacts at one step ask for the same. */
const askedOnce = (supplied: WorkflowPorts['supplied']): WorkflowPorts['supplied'] => {
  const known = new Map<string, ReturnType<typeof supplied>>()
  return (db, locationId) => {
    const answer = known.get(locationId) ?? supplied(db, locationId)
    known.set(locationId, answer)
    return answer
  }
}

export const createRound = (db: Db, now: Date, ports: WorkflowPorts): Round => ({
  db,
  now,
  ports: { ...ports, supplied: askedOnce(ports.supplied) },
  steps: [],
  moved: [],
  calls: [],
  events: [],
  began: false,
})

/** What a contact's workflow is to those who run it. */
export interface Course {
  readonly workflow: RunnableWorkflow
  readonly program: Program
  readonly fieldIds: ReadonlyMap<string, string>
  /** Of the sub-account's clock. */
  readonly zone: string
}

/** One contact on its way, as far as this transaction has come. */
export interface Turn extends Course {
  readonly enrolment: Running
  contact: ContactRecord
  vars: Readonly<Record<string, unknown>>
  at: string | undefined
  taken: number
  /** It has had its turn. */
  over: boolean
}

const workOf = (round: Round, { locationId, workflowId, depth }: Running): StepWork => ({
  db: round.db,
  locationId,
  now: round.now,
  author: { source: 'WORKFLOW', channel: 'AUTOMATION', sourceId: workflowId, timestamp: round.now },
  newId: () => newId(round.now),
  emit: async (type, record, about) => {
    const text = jsonText(record)
    const last = round.events.at(-1)
    const goesOn =
      last?.type === type &&
      last.locationId === locationId &&
      last.depth === depth + 1 &&
      last.about?.installId === about?.installId
    if (goesOn) last.texts.push(text)
    else round.events.push({ type, locationId, depth: depth + 1, about, texts: [text] })
  },
})

const flowOf = (node: Node, turn: Turn, { outcome, reason, contact, waitingFor, leaves }: Done): Flow => {
  if (contact) turn.contact = contact
  if (leaves) return { outcome, reason, next: undefined, ending: reason, removed: true }
  return { outcome, reason, next: node.next, ...(waitingFor ? { waitingFor, dueAt: null } : {}) }
}

const actAlone = async (node: Node, round: Round, { enrolment, contact }: Turn): Promise<Done> => {
  const { locationId, id: enrolmentId, workflowId, trigger } = enrolment
  const { db, ports, now } = round
  const addCall = (call: NewCall) => void round.calls.push({ ...call, locationId, enrolmentId, now })
  const about = { db, ports, work: workOf(round, enrolment), enrolmentId, workflowId, trigger, contact, addCall }
  return act(node.action, about).catch(failed)
}

const note = (round: Round, { enrolment, taken }: Turn, node: Node | undefined, flow: Pick<Flow, 'outcome' | 'reason'>) =>
  void round.steps.push({
    locationId: enrolment.locationId,
    workflowId: enrolment.workflowId,
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
    goal: null,
    resumeAt: null,
  })
}

const lookupOf = ({ enrolment: { trigger }, contact, vars, fieldIds }: Turn) => lookupIn({ contact, trigger, vars, fieldIds })

const decideFor = (node: Node, round: Round, turn: Turn): Flow | undefined => {
  const { enrolment, workflow, zone } = turn
  const { id: enrolmentId, trigger } = enrolment
  return decide(node, { enrolmentId, trigger, lookup: lookupOf(turn), now: round.now, window: workflow.settings.window, zone })
}

/** Why nothing may be done for it any more. */
const hindrance = ({ enrolment, workflow }: Turn): Place | undefined => {
  if (enrolment.burst >= mostAtOnce)
    return over('failed', `${mostAtOnce} steps without a wait: the workflow goes round in a circle`)
  return workflow.status === 'published' ? undefined : over('failed', 'the workflow is no longer published')
}

const leave = (round: Round, turn: Turn, place: Place) => {
  turn.over = true
  move(round, turn, place)
}

/** Leads to a goal that has been reached, or back to the wait from which it was called for one that has not. @returns whether it did */
const toGoal = (round: Round, turn: Turn): boolean => {
  const { goal: marked, resumeAt, actionId, waitingFor } = turn.enrolment
  const found = turn.program.goals.length > 0 ? goalReached(turn.program, turn.at, marked, lookupOf(turn)) : undefined
  if (found) follow(round, turn, found.node, found.flow)
  else if (marked === null || (resumeAt && resumeAt <= round.now)) return false
  else leave(round, turn, { status: 'active', actionId, dueAt: resumeAt, waitingFor, reason: null })
  return true
}

/** Goes on from a step that waited for something to happen, because it has or because its time is up. @returns whether it did */
const eventCame = (round: Round, turn: Turn): boolean => {
  const { waitingFor, goal, actionId } = turn.enrolment
  const node = turn.at === undefined ? undefined : turn.program.nodes.get(turn.at)
  if (waitingFor !== 'event' || !node || node.action.type !== 'wait' || (goal !== null && goal !== actionId)) return false
  const happened = goal !== null
  turn.vars = { ...turn.vars, happened }
  const on = String(node.action.on)
  follow(round, turn, node, {
    outcome: 'done',
    reason: happened ? `${on} has happened` : `${on} did not happen in time`,
    next: node.next,
  })
  return true
}

const begin = (round: Round, enrolment: Running, contact: ContactRecord, course: Course): Turn => {
  const at = enrolment.actionId ?? course.program.first
  const turn: Turn = { ...course, enrolment, contact, vars: enrolment.vars, at, taken: 0, over: false }
  const hindered = hindrance(turn)
  if (hindered) leave(round, turn, hindered)
  else if (eventCame(round, turn)) return turn
  else if (!toGoal(round, turn) && enrolment.waitingFor === 'reply') {
    turn.taken++
    note(round, turn, undefined, { outcome: 'done', reason: 'no answer came in time' })
  }
  return turn
}

/** Goes on by what a step came to. */
const follow = (round: Round, turn: Turn, node: Node, flow: Flow) => {
  turn.taken++
  note(round, turn, node, flow)
  turn.at = flow.next
  if (flow.outcome === 'ended') return leave(round, turn, over(flow.removed ? 'removed' : 'completed', flow.ending ?? null))
  if (flow.dueAt === undefined) return
  const waitingFor = flow.waitingFor ?? null
  if (waitingFor === 'reply') turn.vars = { ...turn.vars, replied: false }
  if (waitingFor === 'event') turn.vars = { ...turn.vars, happened: false }
  // A way that ends after the wait is at its end only then; '' is a place that no action has.
  const actionId = waitingFor !== null && waitingFor !== 'reply' ? node.action.id : (flow.next ?? '')
  leave(round, turn, { status: 'active', actionId, dueAt: flow.dueAt, waitingFor, reason: null })
}

interface Waiting {
  readonly node: Node
  readonly turns: Turn[]
}

/** One step of everybody who is still on the way; what is to be done is left, by what can be done together. */
const decideAll = (round: Round, turns: readonly Turn[]): readonly Waiting[] => {
  const groups = new Map<string, Waiting>()
  for (const turn of turns) {
    const node = turn.at === undefined ? undefined : turn.program.nodes.get(turn.at)
    if (!node) {
      leave(round, turn, over('completed', turn.at ? 'the step that came next was removed' : null))
      continue
    }
    const flow = decideFor(node, round, turn)
    if (flow) follow(round, turn, node, flow)
    else {
      const { workflowId, depth } = turn.enrolment
      const key = `${workflowId} ${node.action.id} ${depth}`
      const group = groups.get(key) ?? { node, turns: [] }
      group.turns.push(turn)
      groups.set(key, group)
    }
  }
  return [...groups.values()]
}

/** Whoever is at it will be through by then. */
const soon = ({ now }: Round) => new Date(now.getTime() + 1_000)

const doTogether = async (round: Round, { node, turns }: Waiting): Promise<void> => {
  const [first] = turns
  if (!first) return
  const members = turns.map(({ enrolment, contact }) => ({ enrolmentId: enrolment.id, contact }))
  const { workflowId, depth } = first.enrolment
  const wake = () => {
    round.began = true
  }
  const came = await actOnMany(node.action, {
    work: workOf(round, first.enrolment),
    ports: round.ports,
    members,
    workflowId,
    depth,
    wake,
  })
  for (const turn of turns) {
    const done = came?.get(turn.contact.id) ?? (await actAlone(node, round, turn))
    if (done.again)
      leave(round, turn, { status: 'active', actionId: node.action.id, dueAt: soon(round), waitingFor: null, reason: null })
    else follow(round, turn, node, flowOf(node, turn, done))
  }
}

/** Lets contacts go on, step by step side by side, until each waits, leaves, or has had its turn. */
export const advanceAll = async (
  round: Round,
  going: readonly { readonly enrolment: Running; readonly contact: ContactRecord; readonly course: Course }[],
): Promise<void> => {
  const turns = going.map(({ enrolment, contact, course }) => begin(round, enrolment, contact, course))
  for (let step = 0; step < stepsATurn; step++) {
    const left = turns.filter((turn) => !turn.over)
    if (left.length === 0) return
    for (const group of decideAll(round, left)) await doTogether(round, group)
  }
  for (const turn of turns) {
    if (turn.over) continue
    leave(round, turn, { status: 'active', actionId: turn.at ?? '', dueAt: round.now, waitingFor: null, reason: null })
  }
}

/** Writes what the round has collected. */
export const writeRound = async ({ db, now, ports, steps, moved, calls, events }: Round): Promise<void> => {
  await moveAll(db, moved)
  await addSteps(db, steps)
  await addCalls(db, calls)
  for (const { type, locationId, depth, about, texts } of events) {
    const place = await ports.location(locationId)
    const event = { type, locationId, traceId: null, now, depth, ...about }
    if (place) await ports.addEvents(db, { ...event, companyId: place.companyId }, texts)
  }
}
