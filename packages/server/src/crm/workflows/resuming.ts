import type { Db } from '../../database/wire.js'
import { isObject } from './checks.rules.js'
import { enrolmentsOf } from './enrolments.sql.js'
import type { WorkflowPorts } from './ports.js'
import { compile, type Node } from './program.rules.js'
import { addSteps } from './running.sql.js'
import { suppliedAction } from './supplied.rules.js'
import { runnableWorkflows } from './workflows.sql.js'

/** What an app said of its action: at once, or later when it lets the contact go on. */
export type Said =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly why: string }

interface About {
  readonly locationId: string
  readonly enrolmentId: string
  readonly actionId: string
  /** Whether an action that pauses is to wait for more than this. */
  readonly pausing: boolean
  /** What the sub-account's apps supply: an action that they define says itself whether it pauses. */
  readonly supplied?: WorkflowPorts['supplied']
  readonly now: Date
}

const nodeOf = async (db: Db, workflowId: string | undefined, actionId: string): Promise<Node | undefined> => {
  const [workflow] = workflowId ? await runnableWorkflows(db, [workflowId]) : []
  return workflow && compile(workflow.actions).nodes.get(actionId)
}

const branchIn = (data: Readonly<Record<string, unknown>>): unknown =>
  data.branchId ?? (isObject(data.data) ? data.data.branchId : undefined)

/** Where what was said leads: the branch that it names, else what comes next. */
const wayOn = (node: Node | undefined, said: Said) => {
  if (!node) return { next: '', reason: 'the step is no longer there' }
  const named = said.ok ? branchIn(said.data) : undefined
  const branch = node.ways.find(({ id }) => id !== undefined && id === named)
  const answer = branch ? `answered with branch ${branch.name}` : 'answered'
  return { next: (branch ? branch.first : node.next) ?? '', reason: said.ok ? answer : `no answer: ${said.why}` }
}

const pauses = async (db: Db, { locationId, supplied }: About, node: Node | undefined): Promise<boolean> => {
  if (node?.action.appId === undefined || !supplied) return node?.action.pause === true
  return suppliedAction(await supplied(db, locationId), node.action)?.pause === true
}

/** Lets a contact go on that waits for an app. @returns whether it did: an action that pauses waits until the app calls */
export const goOn = async (db: Db, about: About, said: Said): Promise<boolean> => {
  const { locationId, enrolmentId, actionId, pausing, now } = about
  const enrolments = enrolmentsOf(db, locationId)
  const workflowId = await enrolments.workflowOf(enrolmentId)
  const node = await nodeOf(db, workflowId, actionId)
  const log = async (outcome: string, reason: string) => {
    const number = await enrolments.countStep(enrolmentId)
    if (number === undefined || workflowId === undefined) return
    await addSteps(db, [{ locationId, workflowId, enrolmentId, number, actionId, type: 'app', outcome, reason, at: now }])
  }
  if (pausing && said.ok && (await pauses(db, about, node))) {
    await log('waiting', 'asked; waits until the app lets it go on')
    return false
  }
  const { next, reason } = wayOn(node, said)
  const key = node?.action.key
  const vars = { ...(typeof key === 'string' ? { [key]: said.ok ? said.data : {} } : {}), lastCall: { ok: said.ok } }
  if (!(await enrolments.resumeCall(enrolmentId, next, vars, now))) return false
  await log(said.ok ? 'done' : 'failed', reason)
  return true
}
