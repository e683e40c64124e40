import { actionTypes, triggerTypes } from '@groundlevel/contracts'
import { headerFaults } from '../../sent-headers.js'
import {
  address,
  anything,
  type Check,
  checkPart,
  choice,
  flag,
  instant,
  isObject,
  listOf,
  number,
  object,
  type PartRules,
  text,
} from './checks.rules.js'
import { type Condition, condition, filters } from './conditions.rules.js'
import { mathOperators } from './math.rules.js'
import { checkWindow } from './windows.rules.js'

export type ActionType = (typeof actionTypes)[number]

/** An action as it is kept: what was sent, with an id. */
export interface Action {
  readonly id: string
  readonly type: ActionType
  readonly [field: string]: unknown
}

/** One of the ways on from `if_else`. */
export interface Branch {
  readonly id?: string
  readonly name?: string
  readonly match?: 'all' | 'any'
  readonly conditions: readonly Condition[]
  readonly actions: readonly Action[]
}

export interface Path {
  readonly name?: string
  readonly weight?: number
  readonly actions: readonly Action[]
}

const longText = text(1_000_000)
const tag = text(200)
const id: Check = (value, path, problems) => {
  if (typeof value !== 'string' || !/^[\w-]{1,64}$/.test(value))
    problems.push(`${path} must be letters, digits, _ or -, at most 64`)
}
const conditions = listOf(condition, 1, 50)
const match = choice(['all', 'any'])
const inner: Check = (value, path, problems) => {
  checkActions(value, path, problems)
  for (const [at, action] of Array.isArray(value) ? value.entries() : [])
    if (isObject(action) && action.type === 'goal')
      problems.push(`${path}.${at} must stand in the outermost list: a goal is for everybody in the workflow`)
}

const parts =
  (rules: PartRules): Check =>
  (value, path, problems) => {
    if (isObject(value)) checkPart(value, rules, path, problems)
    else problems.push(`${path} must be an object`)
  }

const branch = parts({ required: { conditions, actions: inner }, optional: { id, name: text(200), match } })
const path = parts({ required: { actions: inner }, optional: { name: text(200), weight: number(0, 1000) } })

const year = 366
export const durations = {
  seconds: number(0, year * 86_400),
  minutes: number(0, year * 1440),
  hours: number(0, year * 24),
  days: number(0, year),
}

const waits = ['seconds', 'minutes', 'hours', 'days', 'until', 'for', 'beforeEvent', 'window', 'on']
const tags: PartRules = { required: {}, optional: { tags: listOf(tag, 1, 50), tag }, oneOf: ['tags', 'tag'] }
const user = text(100)
/** Events that can reach a goal: those that happen to somebody who is in the workflow already. */
const goalEvents = triggerTypes.filter((type) => !['contact_created', 'webhook', 'schedule', 'date', 'app'].includes(type))

const opportunityFields = {
  pipelineId: text(100),
  pipelineStageId: text(100),
  monetaryValue: number(0, 1e12),
  status: choice(['open', 'won', 'lost', 'abandoned']),
  assignedTo: user,
  source: text(500),
  lostReasonId: text(100),
}
const appointmentStates = ['confirmed', 'new', 'showed', 'noshow', 'cancelled', 'invalid']
const dndChannels = ['Call', 'Email', 'SMS', 'WhatsApp', 'GMB', 'FB']

const numberOrText: Check = (value, path, problems) => {
  if (typeof value === 'number') number(-1e12, 1e12)(value, path, problems)
  else if (typeof value === 'string' && (value.includes('{{') || Number.isFinite(Number(value)))) text(200)(value, path, problems)
  else problems.push(`${path} must be a number, or a text with a merge field that is one`)
}

/** Of an action that an app has defined. */
const theApps = ['url', 'headers', 'pause', 'version']

const rules: Readonly<Record<ActionType, PartRules>> = {
  add_tag: tags,
  remove_tag: tags,
  wait: {
    required: {},
    optional: { ...durations, until: instant, for: choice(['reply']), beforeEvent: flag, on: choice(goalEvents), filters },
    whole: (part, at) => {
      if (!waits.some((name) => part[name] !== undefined))
        return [`${at} must say how long: seconds, minutes, hours, days, until, for, on or window`]
      return part.filters !== undefined && part.on === undefined ? [`${at}.filters are of an event: say which with on`] : []
    },
  },
  if_else: {
    required: {},
    // biome-ignore lint/suspicious/noThenProperty: the branch where a condition holds; a list of rules, nothing that could be awaited
    optional: { conditions, match, then: inner, else: inner, branches: listOf(branch, 1, 20) },
    whole: (part, at) =>
      (part.branches === undefined) === (part.conditions === undefined)
        ? [`${at} must have either conditions (with then and else) or branches`]
        : [],
  },
  split: { required: { paths: listOf(path, 2, 20) }, optional: {} },
  send_sms: {
    required: {},
    optional: { message: longText, body: longText, templateId: text(100), attachments: listOf(address, 0, 5) },
    oneOf: ['message', 'body', 'templateId'],
  },
  send_email: {
    required: {},
    optional: {
      subject: text(1000),
      html: longText,
      body: longText,
      message: longText,
      templateId: text(100),
      emailFrom: text(320),
      attachments: listOf(address, 0, 20),
    },
    oneOf: ['html', 'body', 'message', 'templateId'],
  },
  update_field: {
    required: {},
    optional: { field: text(200), value: anything, fields: object },
    whole: (part, at) =>
      part.fields === undefined && (part.field === undefined || part.value === undefined)
        ? [`${at}.${part.field === undefined ? 'field' : 'value'} should not be empty`]
        : [],
  },
  create_task: {
    required: { title: text(1000) },
    optional: { body: longText, assignedTo: user, dueInMinutes: number(0, year * 1440), dueInDays: number(0, year) },
  },
  create_note: { required: { body: longText }, optional: {} },
  create_opportunity: {
    required: { pipelineId: text(100) },
    optional: {
      pipelineStageId: text(100),
      name: text(1000),
      monetaryValue: number(0, 1e12),
      status: choice(['open', 'won', 'lost', 'abandoned']),
      assignedTo: user,
      source: text(500),
    },
  },
  update_opportunity: {
    required: {},
    optional: { ...opportunityFields, lookIn: text(100), title: text(1000) },
    oneOf: ['pipelineStageId', 'status', 'monetaryValue', 'assignedTo', 'source', 'pipelineId', 'title', 'lostReasonId'],
  },
  delete_opportunity: { required: {}, optional: { lookIn: text(100) } },
  update_appointment: { required: { status: choice(appointmentStates) }, optional: {} },
  unassign: { required: {}, optional: {} },
  set_dnd: { required: { on: flag }, optional: { channels: listOf(choice(dndChannels), 1, dndChannels.length) } },
  math: { required: { field: text(200), operator: choice(mathOperators), value: numberOrText }, optional: {} },
  notify: {
    required: { title: text(500) },
    optional: {
      message: longText,
      users: listOf(user, 1, 50),
      owner: flag,
      admins: flag,
      channel: choice(['inApp', 'email', 'sms']),
    },
    whole: (part, at) => (part.users || part.owner || part.admins ? [] : [`${at} must say whom to tell: users, owner or admins`]),
  },
  add_to_workflow: { required: { workflowId: text(100) }, optional: {} },
  remove_from_workflow: {
    required: {},
    optional: { workflowId: text(100), from: choice(['this', 'others', 'all']) },
    whole: (part, at) =>
      (part.workflowId === undefined) === (part.from === undefined) ? [`${at} must have either workflowId or from`] : [],
  },
  assign: {
    required: {},
    optional: { userId: user, users: listOf(user, 1, 100), onlyIfUnassigned: flag },
    oneOf: ['userId', 'users'],
  },
  webhook: {
    required: { url: address },
    optional: { headers: object, body: anything },
    whole: ({ headers = {} }, at) => headerFaults(headers as object, `${at}.headers`),
  },
  go_to: { required: { actionId: id }, optional: {} },
  goal: {
    required: {},
    optional: {
      on: choice(goalEvents),
      filters,
      conditions,
      match,
      reached: choice(['go_on', 'end']),
      otherwise: choice(['go_on', 'wait', 'end']),
    },
    whole: (part, at) => {
      if ((part.on === undefined) === (part.conditions === undefined)) return [`${at} must have either on or conditions`]
      return part.filters !== undefined && part.on === undefined ? [`${at}.filters are of an event: say which with on`] : []
    },
  },
  end: { required: {}, optional: {} },
  app: {
    required: { key: text(200) },
    optional: {
      appId: text(100),
      url: address,
      data: object,
      headers: object,
      pause: flag,
      version: text(50),
      branches: listOf(parts({ required: { id, actions: inner }, optional: { name: text(200), fields: object } }), 1, 20),
    },
    whole: (part, at) =>
      part.appId === undefined
        ? [
            ...(part.url === undefined ? [`${at}.appId should not be empty, unless url says where to`] : []),
            ...headerFaults((part.headers ?? {}) as object, `${at}.headers`),
          ]
        : theApps.filter((name) => part[name] !== undefined).map((name) => `${at}.${name} is the app’s to say: leave it out`),
  },
}

/** Steps that only decide are done at any hour. */
const keepsWindow = (type: ActionType) => !['if_else', 'split', 'go_to', 'goal', 'end'].includes(type)

const named = (type: unknown): type is ActionType => actionTypes.includes(type as ActionType)

/** What an action of a type may say, and what it must. */
export const actionFields = (type: ActionType) => ({
  required: Object.keys(rules[type].required),
  oneOf: [...(rules[type].oneOf ?? [])],
  fields: [...Object.keys(rules[type].required), ...Object.keys(rules[type].optional), ...(keepsWindow(type) ? ['window'] : [])],
})

/** Every violation of a list of actions, inner ones included. */
export const checkActions: Check = (value, path, problems) => {
  if (!Array.isArray(value)) {
    problems.push(`${path} must be an array`)
    return
  }
  value.forEach((action, at) => {
    const here = `${path}.${at}`
    if (!isObject(action)) problems.push(`${here} must be an object`)
    else if (!named(action.type)) problems.push(`${here}.type must be a valid enum value: ${actionTypes.join(', ')}`)
    else {
      const { optional, ...rest } = rules[action.type]
      const shared = { id, name: text(400), type: anything, ...(keepsWindow(action.type) ? { window: checkWindow } : {}) }
      checkPart(action, { ...rest, optional: { ...optional, ...shared } }, here, problems)
    }
  })
}

/** Lists of actions inside an action, by the way that leads there. */
export const listsIn = (action: Readonly<Record<string, unknown>>): readonly (readonly Action[])[] => {
  const own = [action.then, action.else]
  const nested = [action.branches, action.paths].flatMap((each) => (Array.isArray(each) ? each : []))
  return [...own, ...nested.map((each: { actions?: unknown }) => each?.actions)].filter((each): each is Action[] =>
    Array.isArray(each),
  )
}

/** The action and all that are inside it. */
export const allActions = (actions: readonly Action[]): readonly Action[] =>
  actions.flatMap((action) => [action, ...listsIn(action).flatMap(allActions)])

/** The same actions, each with an id; those that have one keep it. */
export const withIds = (actions: readonly Readonly<Record<string, unknown>>[], newId: () => string): Action[] => {
  const inside = (list: unknown) => (Array.isArray(list) ? withIds(list, newId) : undefined)
  const each = (list: unknown) =>
    Array.isArray(list) ? list.map((way) => ({ ...way, actions: inside(way.actions) })) : undefined
  const lists = ['then', 'else'] as const
  const ways = ['branches', 'paths'] as const
  return actions.map((action) => {
    const nested = [...lists.map((name) => [name, inside(action[name])]), ...ways.map((name) => [name, each(action[name])])]
    const there = Object.fromEntries(nested.filter(([, value]) => value !== undefined))
    return { ...action, id: (action.id as string | undefined) ?? newId(), type: action.type as ActionType, ...there }
  })
}
