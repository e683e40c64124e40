import type { Action } from './actions.rules.js'
import { isObject } from './checks.rules.js'
import { conditionsIn } from './conditions.rules.js'
import type { AppAction, AppField, AppTrigger, Supplied } from './ports.js'
import type { Trigger } from './triggers.rules.js'

/** A step, a trigger or a question, as far as it says whose part it means. */
type Named = Readonly<Record<'appId' | 'key', unknown>> | Readonly<Record<string, unknown>>

const find = <P extends { readonly appId: string; readonly key: string }>(
  parts: readonly P[],
  { appId, key }: Named,
): P | undefined => parts.find((part) => part.appId === appId && part.key === key)

/** The app's action that a step names; undefined where the app has it no longer or is not installed. */
export const suppliedAction = ({ actions }: Supplied, named: Named): AppAction | undefined => find(actions, named)
export const suppliedTrigger = ({ triggers }: Supplied, named: Named): AppTrigger | undefined => find(triggers, named)

const keysOf = (fields: readonly { readonly key: string }[]) => fields.map(({ key }) => key).join(', ') || 'none'

const unknownApp = (
  parts: readonly { readonly appId: string; readonly key: string }[],
  { appId }: Named,
  path: string,
): string[] => {
  const ofApp = parts.filter((part) => part.appId === appId)
  return ofApp.length > 0
    ? [`${path}.key must be one of the following values: ${keysOf(ofApp)}`]
    : [
        `${path}.appId must be an installed app that supplies one${parts.length > 0 ? `: ${[...new Set(parts.map((part) => part.appId))].join(', ')}` : ''}`,
      ]
}

const chosen: ReadonlySet<string> = new Set(['select', 'multiselect', 'radio'])
const isEmpty = (value: unknown) => value === undefined || value === null || value === ''
const isTemplate = (value: unknown) => typeof value === 'string' && value.includes('{{')

const isNumber = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))

const valueProblems = ({ key, type, options = [], url }: AppField, value: unknown, path: string): string[] => {
  if (type === 'numerical' && !isEmpty(value) && !isTemplate(value) && !isNumber(value))
    return [`${path}.${key} must be a number`]
  if (!chosen.has(type) || options.length === 0 || url || isEmpty(value)) return []
  const there = new Set(options.map((option) => option.value))
  const wrong = (Array.isArray(value) ? value : [value]).some(
    (each) => !isTemplate(each) && (typeof each === 'object' || !there.has(String(each))),
  )
  return wrong ? [`${path}.${key} must be one of the following values: ${[...there].join(', ')}`] : []
}

const filledProblems = (fields: readonly AppField[], filled: unknown, path: string): string[] => {
  const data = isObject(filled) ? filled : {}
  // An app may call a field `constructor`.
  const filledIn = (key: string) => (Object.hasOwn(data, key) ? data[key] : undefined)
  const missing = fields.filter(({ key, required, type }) => required && type !== 'dynamic' && isEmpty(filledIn(key)))
  // A dynamic field becomes others, which its app alone knows.
  const open = fields.some(({ type }) => type === 'dynamic')
  const strange = open ? [] : Object.keys(data).filter((name) => !fields.some(({ key }) => key === name))
  return [
    ...missing.map(({ key }) => `${path}.${key} should not be empty`),
    ...strange.map((name) => `property ${path}.${name} should not exist: possible are ${keysOf(fields)}`),
    ...fields.flatMap((field) => valueProblems(field, filledIn(field.key), path)),
  ]
}

/** What is wrong with a step that names an app's action. */
export const appActionProblems = (action: Action, path: string, supplied: Supplied): string[] => {
  if (action.type !== 'app' || action.appId === undefined) return []
  const defined = suppliedAction(supplied, action)
  if (!defined) return unknownApp(supplied.actions, action, path)
  const branches = (action.branches ?? []) as readonly { readonly fields?: unknown }[]
  return [
    ...filledProblems(defined.fields, action.data, `${path}.data`),
    ...(branches.length > 0 && !defined.branching ? [`property ${path}.branches should not exist: the action has none`] : []),
    ...(defined.branching
      ? branches.flatMap(({ fields }, at) => filledProblems(defined.branchFields, fields, `${path}.branches.${at}.fields`))
      : []),
  ]
}

/** What is wrong with a trigger that names an app's. */
export const appTriggerProblems = (trigger: Trigger, path: string, supplied: Supplied): string[] => {
  if (trigger.type !== 'app' || trigger.appId === undefined) return []
  const defined = suppliedTrigger(supplied, trigger)
  if (!defined) return unknownApp(supplied.triggers, trigger, path)
  if (defined.filters.some(({ type }) => type === 'dynamic')) return []
  const place = (at: number, field: string) => (Array.isArray(trigger.filters) ? `${at}.field` : field)
  return conditionsIn(trigger.filters).flatMap(({ field }, at) =>
    defined.filters.some(({ key }) => key === field.split('.')[0])
      ? []
      : [`${path}.filters.${place(at, field)} must be one of the following values: ${keysOf(defined.filters)}`],
  )
}
