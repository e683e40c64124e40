import { triggerTypes } from '@groundlevel/contracts'
import { headerFaults } from '../../sent-headers.js'
import {
  address,
  anything,
  checkPart,
  choice,
  clockTime,
  flag,
  isObject,
  listOf,
  number,
  object,
  type PartRules,
  text,
} from './checks.rules.js'
import { filters } from './conditions.rules.js'
import { weekdays } from './windows.rules.js'

export type TriggerType = (typeof triggerTypes)[number]

/** A trigger as it is kept. */
export interface Trigger {
  readonly type: TriggerType
  readonly filters?: unknown
  readonly [field: string]: unknown
}

/** Of a trigger that an app has defined. */
const theApps = ['subscriptionUrl', 'headers', 'version']

const plain: PartRules = { required: {}, optional: {} }

const rules: Partial<Record<TriggerType, PartRules>> = {
  schedule: {
    required: { tag: text(200) },
    optional: { everyMinutes: number(1, 525_600), at: clockTime, days: listOf(choice(weekdays), 1, 7) },
    whole: (part, at) =>
      (part.at === undefined) === (part.everyMinutes === undefined) ? [`${at} must have either at or everyMinutes`] : [],
  },
  date: {
    required: {},
    optional: {
      field: text(200),
      daysBefore: number(0, 365),
      daysAfter: number(0, 365),
      at: clockTime,
      everyYear: flag,
    },
    whole: (part, at) =>
      part.daysBefore !== undefined && part.daysAfter !== undefined ? [`${at} must have either daysBefore or daysAfter`] : [],
  },
  // What the platform gives out is taken back as it was.
  webhook: { required: {}, optional: { token: text(100), url: anything } },
  app: {
    required: { key: text(200) },
    optional: {
      appId: text(100),
      token: text(100),
      targetUrl: anything,
      subscriptionUrl: address,
      headers: object,
      version: text(50),
    },
    whole: (part, at) =>
      part.appId === undefined
        ? headerFaults((part.headers ?? {}) as object, `${at}.headers`)
        : theApps.filter((name) => part[name] !== undefined).map((name) => `${at}.${name} is the app’s to say: leave it out`),
  },
}

/** What a trigger of a type may say. */
export const triggerFields = (type: TriggerType): readonly string[] => {
  const { required, optional } = rules[type] ?? plain
  return [...Object.keys(required), ...Object.keys(optional), 'filters', 'name']
}

/** Every violation of a list of triggers. */
export const checkTriggers = (value: readonly unknown[], path: string, problems: string[]): void =>
  value.forEach((trigger, at) => {
    const here = `${path}.${at}`
    if (!isObject(trigger)) problems.push(`${here} must be an object`)
    else if (!triggerTypes.includes(trigger.type as TriggerType))
      problems.push(`${here}.type must be a valid enum value: ${triggerTypes.join(', ')}`)
    else {
      const { required, optional, whole } = rules[trigger.type as TriggerType] ?? plain
      const shared = { type: anything, filters, name: text(400), id: text(64) }
      checkPart(trigger, { required, optional: { ...optional, ...shared }, ...(whole ? { whole } : {}) }, here, problems)
    }
  })
