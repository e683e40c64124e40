import { badRequest } from '@groundlevel/contract-kit'
import { actionTypes, triggerTypes } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { actionFields } from './actions.rules.js'
import { isObject } from './checks.rules.js'
import { filterNames } from './fields.rules.js'
import type { AppAction, AppField, AppTrigger, CallAnswer, WorkflowPorts } from './ports.js'
import { suppliedAction, suppliedTrigger } from './supplied.rules.js'
import { triggerFields } from './triggers.rules.js'

const shownField = ({ key, label, type, required = false, help = '', options = [], url = '' }: AppField) =>
  ({ key, label, type, required, help, options, url: url === '' ? '' : 'ask' }) as never

const shared = ({ appId, appName, key, name, description, sample }: AppTrigger | AppAction) => ({
  appId,
  appName,
  key,
  name,
  description,
  sample,
})

const shownAction = (action: AppAction) => {
  const { fields, branching, branchFields, pause } = action
  return { ...shared(action), fields: fields.map(shownField), branching, branchFields: branchFields.map(shownField), pause }
}

/** What workflows can be made of; addresses and headers of apps stay theirs. */
export const catalogueOf = async (db: Db, ports: Pick<WorkflowPorts, 'supplied'>, locationId: string) => {
  const { triggers, actions } = await ports.supplied(db, locationId)
  return {
    triggers: triggerTypes.map((type) => ({
      type,
      fields: [...triggerFields(type)],
      filters: filterNames(type)?.slice() ?? null,
    })),
    actions: actionTypes.map((type) => ({ type, ...actionFields(type) })),
    apps: {
      triggers: triggers.map((trigger) => ({ ...shared(trigger), filters: trigger.filters.map(shownField) })),
      actions: actions.map(shownAction),
    },
  }
}

interface Question {
  readonly locationId: string
  readonly appId: string
  readonly kind: 'trigger' | 'action'
  readonly key: string
  readonly field: string
  readonly data?: Readonly<Record<string, unknown>>
}

const jsonOf = ({ body, error }: CallAnswer): Readonly<Record<string, unknown>> => {
  if (error !== '') throw badRequest(`The app did not answer: ${error}`)
  try {
    const value: unknown = JSON.parse(body ?? '')
    if (isObject(value)) return value
  } catch {
    // Said below.
  }
  throw badRequest('The app’s answer is not a JSON object.')
}

const listIn = (answer: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>>[] => {
  const list = answer[name]
  if (!Array.isArray(list)) throw badRequest(`The app’s answer has no list ${name}.`)
  return list.filter(isObject).slice(0, 500)
}

/** What an app calls something; one that is no word has none. */
const wordIn = (value: unknown): string => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '')

const optionsIn = (answer: Readonly<Record<string, unknown>>) =>
  listIn(answer, 'options').map(({ label, value }) => ({ label: wordIn(label ?? value), value: wordIn(value) }))

/** A trigger's dynamic filter may be answered by filters without sections. */
const inputsIn = (answer: Readonly<Record<string, unknown>>) =>
  (Array.isArray(answer.filters) ? [{ section: '', fields: answer.filters }] : listIn(answer, 'inputs')).map(
    ({ section, fields }) => ({
      section: wordIn(section),
      fields: Array.isArray(fields) ? fields.filter(isObject).slice(0, 100) : [],
    }),
  )

const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Groundlevel' }

/** Asks an app's server for what a field of it offers. No transaction is open meanwhile. */
export const askApp = async (db: Db, ports: Pick<WorkflowPorts, 'supplied' | 'post' | 'get'>, question: Question) => {
  const { locationId, kind, field, data = {}, key } = question
  const supplied = await ports.supplied(db, locationId)
  const part = kind === 'action' ? suppliedAction(supplied, question) : suppliedTrigger(supplied, question)
  if (!part) throw badRequest(kind === 'action' ? 'Action not found' : 'Trigger not found')
  const fields = 'filters' in part ? part.filters : [...part.fields, ...part.branchFields]
  const asked = fields.find((each) => each.key === field)
  if (!asked?.url) throw badRequest('Nobody is asked for this field.')
  const headers = { ...jsonHeaders, ...part.headers }
  const isDynamic = asked.type === 'dynamic'
  const body = JSON.stringify({ data, extras: { locationId }, meta: { key, version: String(part.version) } })
  const answer = await (isDynamic ? ports.post(asked.url, headers, body) : ports.get(asked.url, headers))
  if (!answer) throw badRequest('The app did not answer: it was cut short.')
  return isDynamic ? { inputs: inputsIn(jsonOf(answer)) } : { options: optionsIn(jsonOf(answer)) }
}
