import { type Action, allActions } from './actions.rules.js'
import { type Condition, judge, type Lookup } from './conditions.rules.js'
import type { Flow } from './flow.rules.js'
import type { Goal, Node, Program } from './program.rules.js'
import type { Trigger, TriggerType } from './triggers.rules.js'

/** An event that reaches a goal, or (`condition`) one after which its conditions may hold. It is listened for as triggers are. */
export interface GoalWatch {
  readonly type: TriggerType | 'condition'
  readonly filters?: unknown
  readonly token?: undefined
  readonly goal: string
  /** Ids of the actions whose turn it may be next where the goal lies ahead. */
  readonly from: readonly string[]
}

/** Where a contact may be for a goal to lie ahead: in front of it, or at it. */
export const aheadOf = (actions: readonly Action[], at: number): readonly string[] =>
  allActions(actions.slice(0, at))
    .map(({ id }) => id)
    .concat(actions[at]?.id ?? [])

/** What is to be listened for, for the goals of a workflow and for the steps that wait for something to happen. */
export const watchesOf = (actions: readonly Action[]): readonly GoalWatch[] => [
  ...actions.flatMap((action, at): GoalWatch[] => {
    if (action.type !== 'goal') return []
    const { on, filters, id: goal } = action
    return [{ type: (on as TriggerType | undefined) ?? 'condition', filters, goal, from: aheadOf(actions, at) }]
  }),
  ...allActions(actions).flatMap(({ type, on, filters, id }) =>
    type === 'wait' && on !== undefined ? [{ type: on as TriggerType, filters, goal: id, from: [id] }] : [],
  ),
]

export const isWatch = (trigger: Trigger | GoalWatch): trigger is GoalWatch => 'goal' in trigger

const conditionsOf = ({ conditions }: Action) => conditions as readonly Condition[] | undefined
const nameOf = ({ name, id }: Action) => (name as string | undefined) ?? id

const reached = ({ action, next }: Node, reason: string): Flow =>
  action.reached === 'end'
    ? { outcome: 'ended', reason, next: undefined, ending: `the goal ${nameOf(action)} was reached` }
    : { outcome: 'done', reason, next }

const judged = (action: Action, lookup: Lookup) => {
  const conditions = conditionsOf(action)
  return conditions && judge(conditions, action.match === 'any' ? 'any' : 'all', lookup)
}

const reachedBy = ({ node }: Goal, marked: string | null, lookup: Lookup): Flow | undefined => {
  if (marked === node.action.id) return reached(node, `reached by what happened: ${String(node.action.on)}`)
  const { holds, reason } = judged(node.action, lookup) ?? {}
  return holds ? reached(node, `reached: ${reason}`) : undefined
}

/** The first goal ahead that has been reached, and how the way goes on from there. */
export const goalReached = (
  { goals }: Program,
  at: string | undefined,
  marked: string | null,
  lookup: Lookup,
): { readonly node: Node; readonly flow: Flow } | undefined => {
  for (const goal of goals) {
    const flow = at !== undefined && goal.from.has(at) ? reachedBy(goal, marked, lookup) : undefined
    if (flow) return { node: goal.node, flow }
  }
  return undefined
}

/** A contact that has come to the goal step by step. */
export const atGoal = (node: Node, lookup: Lookup): Flow => {
  const { action, next } = node
  const { holds = false, reason = `${String(action.on)} has not happened` } = judged(action, lookup) ?? {}
  if (holds) return reached(node, `reached: ${reason}`)
  if (action.otherwise === 'wait')
    return { outcome: 'waiting', reason: `waits for the goal: ${reason}`, next, dueAt: null, waitingFor: 'goal' }
  if (action.otherwise === 'end')
    return { outcome: 'ended', reason, next: undefined, ending: `the goal ${nameOf(action)} was not reached` }
  return { outcome: 'skipped', reason: `not reached: ${reason}`, next }
}
