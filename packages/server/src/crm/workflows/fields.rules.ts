import { events, shapes } from '@groundlevel/contracts'
import { contactFieldNames, contactFieldOf } from '../contacts/index.js'
import { type Action, listsIn } from './actions.rules.js'
import { isObject } from './checks.rules.js'
import { beginningsOf } from './facts.rules.js'
import type { Supplied } from './ports.js'
import { appActionProblems } from './supplied.rules.js'
import type { Trigger, TriggerType } from './triggers.rules.js'

/** What a definition may name that is a sub-account's own. */
export interface KnownFields {
  /** Custom fields of contacts, by their keys (`contact.shoe_size`) and ids. */
  readonly custom: ReadonlySet<string>
  readonly supplied: Supplied
  /** Stages by their pipelines; undefined where opportunities are none of the installation's rooms. */
  readonly stages?: ReadonlyMap<string, ReadonlySet<string>> | undefined
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly [word: string]: unknown
}

type Fields = Readonly<Record<string, Shape>>

const anyShape: Shape = {}
const contactFields: Fields = Object.fromEntries([...contactFieldNames, 'tags', 'dnd'].map((name) => [name, anyShape]))
const recordFields: Fields = { ...(shapes.Contact as unknown as Shape).properties, ...contactFields }

/** What an event says under names of its own: nested appointments beside the rest, a survey as the form that it is. */
const told = (type: string): Fields => {
  const payload: Fields =
    (events as unknown as Readonly<Record<string, { payload: Shape } | undefined>>)[type]?.payload.properties ?? {}
  const survey: Fields = payload.surveyId ? { formId: payload.surveyId } : {}
  return { ...payload, ...payload.appointment?.properties, ...survey, event: anyShape }
}

const isTag = (trigger: TriggerType) => trigger === 'tag_added' || trigger === 'tag_removed'
const mailFields: Fields = { event: anyShape, recipient: anyShape, subject: anyShape, emailMessageId: anyShape }

/** What filters of a trigger may ask; undefined where whoever calls says what there is. */
const tellsOf = (trigger: TriggerType): Fields | undefined => {
  if (trigger === 'webhook' || trigger === 'app') return undefined
  if (trigger === 'schedule' || trigger === 'date') return {}
  if (trigger === 'email_event') return mailFields
  if (trigger === 'link_clicked') return { linkId: anyShape, contactId: anyShape }
  const own: Fields = Object.assign({}, ...beginningsOf(trigger).map(told))
  const more = aboutContacts(trigger) ? contactFields : {}
  return { ...own, ...more, ...(isTag(trigger) ? { tag: anyShape } : {}) }
}

/** Their filters may ask for custom fields too: the event has the contact in it. */
const aboutContacts = (trigger: TriggerType) => /^(contact_|tag_|dnd_)/.test(trigger)

/** Names of what filters of a trigger may ask; undefined where any may be. */
export const filterNames = (trigger: TriggerType): readonly string[] | undefined => {
  const tells = tellsOf(trigger)
  return tells && Object.keys(tells)
}

const leads = (shape: Shape | undefined, path: readonly string[]): boolean => {
  if (!shape) return false
  const [name, ...rest] = path
  return name === undefined || !shape.properties || leads(shape.properties[name], rest)
}

const isCustom = (field: string, { custom }: KnownFields) => {
  const bare = field.replace(/^customFields\./, '')
  return custom.has(bare) || custom.has(`contact.${bare}`)
}

const refusal = (path: string, names: readonly string[], custom: boolean) =>
  names.length === 0
    ? `${path} should not exist: there is nothing to filter by`
    : `${path} must be one of the following values: ${names.join(', ')}${custom ? ', or a custom field of the sub-account' : ''}`

/** What is wrong with the field that a trigger of dates looks at: the day of birth, or a custom field. */
export const dateProblems = ({ type, field }: Trigger, path: string, known: KnownFields): string[] =>
  type !== 'date' || field === undefined || contactFieldOf(String(field)) === 'dateOfBirth' || isCustom(String(field), known)
    ? []
    : [refusal(`${path}.field`, ['dateOfBirth'], true)]

const bareOf = (field: string) => field.replace(/^(trigger|contact)\./, '')

/** Filters that ask what their event does not tell, each with its place and what there is. */
export const filterProblems = (trigger: TriggerType, filters: unknown, path: string, known: KnownFields): string[] => {
  const tells = tellsOf(trigger)
  if (!tells) return []
  const custom = aboutContacts(trigger)
  const named = Array.isArray(filters)
    ? filters.map(({ field }, at) => [String(field), `${path}.${at}.field`] as const)
    : Object.keys(isObject(filters) ? filters : {}).map((field) => [field, `${path}.${field}`] as const)
  return named
    .filter(([field]) => {
      const asked = bareOf(field)
      const alias = contactFieldOf(asked)
      const there = leads({ properties: tells }, asked.split('.')) || (alias !== undefined && Object.hasOwn(tells, alias))
      return !there && !(custom && isCustom(field, known))
    })
    .map(([, place]) => refusal(place, Object.keys(tells), custom))
}

const conditionNames = [...Object.keys(recordFields), 'replied', 'happened', 'trigger.…', 'vars.…']

const isAskable = (field: string, known: KnownFields) => {
  if (/^(trigger|vars)\../.test(field) || field === 'replied' || field === 'happened') return true
  const bare = field.replace(/^contact\./, '')
  return contactFieldOf(bare) !== undefined || leads({ properties: recordFields }, bare.split('.')) || isCustom(field, known)
}

const conditionProblems = (conditions: unknown, path: string, known: KnownFields): string[] =>
  (Array.isArray(conditions) ? conditions : []).flatMap(({ field }, at) =>
    isAskable(String(field), known) ? [] : [refusal(`${path}.${at}.field`, conditionNames, true)],
  )

const setProblems = ({ type, field, fields }: Action, path: string, known: KnownFields): string[] => {
  if (type !== 'update_field' && type !== 'math') return []
  const named = isObject(fields) ? Object.keys(fields).map((name) => [name, `${path}.fields.${name}`] as const) : []
  return [...named, ...(field === undefined ? [] : [[String(field), `${path}.field`] as const])]
    .filter(([name]) => contactFieldOf(name) === undefined && !isCustom(name, known))
    .map(([, place]) => refusal(place, contactFieldNames, true))
}

const unknownOf = (thing: string, there: Iterable<string>, path: string) => {
  const ids = [...there]
  return `${path} must be a ${thing}${ids.length > 0 ? `: ${ids.join(', ')}` : ', and there is none'}`
}

const placed: ReadonlySet<string> = new Set(['create_opportunity', 'update_opportunity', 'delete_opportunity'])

/** Pipelines and stages that the sub-account does not have. */
const stageProblems = (
  { type, pipelineId, pipelineStageId, lookIn }: Action,
  path: string,
  { stages }: KnownFields,
): string[] => {
  if (!stages || !placed.has(type)) return []
  const lost = Object.entries({ pipelineId, lookIn }).filter(([, id]) => id !== undefined && !stages.has(id as string))
  if (lost.length > 0) return lost.map(([name]) => unknownOf('pipeline of the sub-account', stages.keys(), `${path}.${name}`))
  const possible =
    pipelineId === undefined ? [...stages.values()].flatMap((ids) => [...ids]) : [...(stages.get(pipelineId as string) ?? [])]
  return pipelineStageId === undefined || possible.includes(pipelineStageId as string)
    ? []
    : [unknownOf(`stage of ${pipelineId === undefined ? 'a' : 'the'} pipeline`, possible, `${path}.pipelineStageId`)]
}

type WithConditions = Action & { readonly branches?: readonly { readonly conditions?: unknown }[] }

const ownProblems = (action: WithConditions, path: string, known: KnownFields): string[] => [
  ...conditionProblems(action.conditions, `${path}.conditions`, known),
  ...(action.type === 'if_else' ? (action.branches ?? []) : []).flatMap(({ conditions }, at) =>
    conditionProblems(conditions, `${path}.branches.${at}.conditions`, known),
  ),
  ...((action.type === 'goal' || action.type === 'wait') && action.on !== undefined
    ? filterProblems(action.on as TriggerType, action.filters, `${path}.filters`, known)
    : []),
  ...setProblems(action, path, known),
  ...stageProblems(action, path, known),
  ...appActionProblems(action, path, known.supplied),
]

/** Lists inside an action with the places that they have. */
const placedLists = (action: Action, path: string): readonly (readonly [readonly Action[], string])[] => {
  const ways = (['branches', 'paths'] as const).flatMap((name) =>
    ((action[name] ?? []) as readonly { actions?: readonly Action[] }[]).map(
      (way, at) => [way.actions ?? [], `${path}.${name}.${at}.actions`] as const,
    ),
  )
  return [...(['then', 'else'] as const).map((name) => [(action[name] ?? []) as Action[], `${path}.${name}`] as const), ...ways]
}

/** Names in actions that nothing has, inner ones included, each with its place and what there is. */
export const fieldProblems = (actions: readonly Action[], path: string, known: KnownFields): string[] =>
  actions.flatMap((action, at) => {
    const here = `${path}.${at}`
    const inside = listsIn(action).length === 0 ? [] : placedLists(action, here)
    return [...ownProblems(action, here, known), ...inside.flatMap(([list, place]) => fieldProblems(list, place, known))]
  })
