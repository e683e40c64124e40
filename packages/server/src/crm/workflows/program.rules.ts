import type { Action, Branch, Path } from './actions.rules.js'
import type { Condition } from './conditions.rules.js'
import { aheadOf } from './goals.rules.js'

/** A way on: the action that it begins with, undefined where it leads out of the workflow. */
export interface Way {
  readonly id: string | undefined
  readonly name: string
  readonly match: 'all' | 'any'
  readonly conditions: readonly Condition[]
  readonly weight: number
  readonly first: string | undefined
}

/** An action with what comes after it. */
export interface Node {
  readonly action: Action
  readonly next: string | undefined
  readonly ways: readonly Way[]
  /** Where no branch of `if_else` holds. */
  readonly otherwise: string | undefined
}

/** A workflow as it is run: every action by its id, whatever it lay in. */
/** A goal, and where it lies ahead. */
export interface Goal {
  readonly node: Node
  readonly from: ReadonlySet<string>
}

export interface Program {
  readonly first: string | undefined
  readonly nodes: ReadonlyMap<string, Node>
  readonly goals: readonly Goal[]
}

/** Lays nested lists out flat, so that a position is one id. */
export const compile = (actions: readonly Action[]): Program => {
  const nodes = new Map<string, Node>()

  const lay = (list: readonly Action[], after: string | undefined): string | undefined => {
    list.forEach((action, at) => {
      const next = list[at + 1]?.id ?? after
      const inner = (more: unknown) => (Array.isArray(more) ? lay(more as Action[], next) : next)
      nodes.set(action.id, { action, next, ways: waysOf(action, inner), otherwise: inner(action.else) })
    })
    return list[0]?.id ?? after
  }

  const waysOf = (action: Action, inner: (more: unknown) => string | undefined): Way[] => {
    const way = (
      { id, name, match = 'all', conditions = [], weight = 1, actions: more }: Partial<Branch & Path>,
      at: number,
    ): Way => ({
      id,
      name: name ?? id ?? `branch ${at + 1}`,
      match,
      conditions,
      weight,
      first: inner(more),
    })
    if (action.conditions) {
      const { match, conditions, then } = action as { match?: 'all' | 'any'; conditions?: Condition[]; then?: Action[] }
      return [way({ name: 'then', match, conditions, actions: then } as Partial<Branch>, 0)]
    }
    return ((action.branches ?? action.paths ?? []) as Partial<Branch & Path>[]).map(way)
  }

  const first = lay(actions, undefined)
  const goals = actions.flatMap(({ id, type }, at) => {
    const node = type === 'goal' ? nodes.get(id) : undefined
    return node ? [{ node, from: new Set(aheadOf(actions, at)) }] : []
  })
  return { first, nodes, goals }
}
