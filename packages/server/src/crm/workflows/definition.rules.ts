import { unprocessable } from '@groundlevel/contract-kit'
import { type Action, allActions, checkActions, withIds } from './actions.rules.js'
import { dateProblems, fieldProblems, filterProblems, type KnownFields } from './fields.rules.js'
import { appTriggerProblems } from './supplied.rules.js'
import { checkTriggers, type Trigger } from './triggers.rules.js'
import { checkGeneralWindow, type GeneralWindow } from './windows.rules.js'

export interface Settings {
  readonly reentry?: 'when_finished' | 'never'
  readonly stopOnReply?: boolean
  readonly window?: GeneralWindow
}

export interface Definition {
  readonly triggers: readonly Trigger[]
  readonly actions: readonly Action[]
}

const most = 500
const mostGoals = 20

const idProblems = (actions: readonly Action[]): string[] => {
  const ids = actions.map(({ id }) => id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  const lost = actions.filter(({ type, actionId }) => type === 'go_to' && !ids.includes(actionId as string))
  return [
    ...[...new Set(twice)].map((id) => `actions have the id ${JSON.stringify(id)} more than once`),
    ...lost.map(({ actionId }) => `actions have no id ${JSON.stringify(actionId)} that go_to could lead to`),
    ...(actions.filter(({ type }) => type === 'goal').length > mostGoals
      ? [`actions must contain no more than ${mostGoals} goals`]
      : []),
    ...(actions.length > most ? [`actions must contain no more than ${most} elements, inner ones included`] : []),
  ]
}

/** Actions as they are kept. @throws WireError 422 with everything that is wrong, each with its place */
export const actionsOf = (sent: readonly unknown[], newId: () => string, known: KnownFields): Action[] => {
  const problems: string[] = []
  checkActions(sent, 'actions', problems)
  if (problems.length > 0) throw unprocessable(problems)
  const actions = withIds(sent as Record<string, unknown>[], newId)
  const wrong = [...idProblems(allActions(actions)), ...fieldProblems(actions, 'actions', known)]
  if (wrong.length > 0) throw unprocessable(wrong)
  return actions
}

/**
 * Triggers as they are kept: those that are called by other programs have a token of their own, and keep it.
 *
 * @param known tokens that the workflow has already; any other is made anew, so that nobody chooses theirs
 */
export const triggersOf = (
  sent: readonly unknown[],
  known: ReadonlySet<string>,
  newToken: () => string,
  fields: KnownFields,
): Trigger[] => {
  const problems: string[] = []
  checkTriggers(sent, 'triggers', problems)
  if (problems.length === 0)
    for (const [at, trigger] of (sent as Trigger[]).entries())
      problems.push(
        ...filterProblems(trigger.type, trigger.filters, `triggers.${at}.filters`, fields),
        ...dateProblems(trigger, `triggers.${at}`, fields),
        ...appTriggerProblems(trigger, `triggers.${at}`, fields.supplied),
      )
  if (problems.length > 0) throw unprocessable(problems)
  return (sent as Trigger[]).map((trigger) => {
    if (trigger.type !== 'webhook' && trigger.type !== 'app') return trigger
    const { url: _, targetUrl: __, token, ...rest } = trigger
    return { ...rest, type: trigger.type, token: typeof token === 'string' && known.has(token) ? token : newToken() }
  })
}

/** The same triggers with tokens of this workflow: those of a copy would begin what it was copied from. */
export const ownTriggers = (
  triggers: readonly Trigger[],
  isOwn: (token: unknown) => boolean,
  newToken: () => string,
): readonly Trigger[] => {
  const isForeign = ({ type, token }: Trigger) => (type === 'webhook' || type === 'app') && !isOwn(token)
  return triggers.some(isForeign) ? triggers.map((each) => (isForeign(each) ? { ...each, token: newToken() } : each)) : triggers
}

export const tokensIn = (triggers: readonly Trigger[]): ReadonlySet<string> =>
  new Set(triggers.flatMap(({ token }) => (typeof token === 'string' ? [token] : [])))

/** Settings as they are kept. @throws WireError 422 */
export const settingsOf = (sent: { readonly window?: unknown }): Settings => {
  const problems: string[] = []
  if (sent.window !== undefined) checkGeneralWindow(sent.window, 'settings.window', problems)
  if (problems.length > 0) throw unprocessable(problems)
  return sent as Settings
}
