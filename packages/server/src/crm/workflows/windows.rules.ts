import { fromWall, toWall } from '../zones/index.js'
import type { Action, ActionType } from './actions.rules.js'
import { type Check, checkPart, choice, clockTime, isObject, listOf, type PartRules } from './checks.rules.js'

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** When something may be done, by the clock on the sub-account's wall. */
export interface Window {
  /** Default: every day. A window over midnight belongs to the day on which it opens. */
  readonly days?: readonly string[]
  /** Default 00:00. */
  readonly from?: string
  /** Default 24:00. */
  readonly to?: string
}

/** The window of a whole workflow. */
export interface GeneralWindow extends Window {
  readonly applies?: 'messages' | 'all'
}

const minuteMs = 60_000
const dayMs = 86_400_000
const dayMinutes = 1440

const limits = { days: listOf(choice(weekdays), 1, 7), from: clockTime, to: clockTime }
const whole: PartRules['whole'] = (part, at) =>
  Object.keys(limits).some((name) => part[name] !== undefined) ? [] : [`${at} must say when: days, from or to`]

const checked =
  (rules: PartRules): Check =>
  (value, path, problems) => {
    if (isObject(value)) checkPart(value, rules, path, problems)
    else problems.push(`${path} must be an object`)
  }

export const checkWindow = checked({ required: {}, optional: limits, whole })
export const checkGeneralWindow = checked({
  required: {},
  optional: { ...limits, applies: choice(['messages', 'all']) },
  whole,
})

const minutesOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

/** The time itself where the window is open then, else when it opens next. */
export const opening = ({ days = weekdays, from = '00:00', to = '24:00' }: Window, at: Date, zone: string): Date => {
  const start = minutesOf(from)
  const end = minutesOf(to) > start ? minutesOf(to) : minutesOf(to) + dayMinutes
  const today = Math.floor(toWall(at, zone).getTime() / dayMs) * dayMs
  // The day before may have a window over midnight; in the week in which clocks are set forward one may not open at all.
  for (let ahead = -1; ahead <= 15; ahead++) {
    const day = today + ahead * dayMs
    if (!days.includes(weekdays[new Date(day).getUTCDay()] ?? '')) continue
    const opens = fromWall(new Date(day + start * minuteMs), zone)
    const closes = fromWall(new Date(day + end * minuteMs), zone)
    if (at < closes && opens < closes) return at > opens ? at : opens
  }
  throw new Error(`A window from ${from} to ${to} in ${zone} never opens.`)
}

const messages: ReadonlySet<ActionType> = new Set(['send_sms', 'send_email'])
/** They do nothing that anybody would notice at night. */
const silent: ReadonlySet<ActionType> = new Set(['wait', 'if_else', 'split', 'go_to', 'goal', 'end'])

/** The window that a step keeps to: its own, else that of the workflow where it is about such steps. */
export const windowOf = ({ type, window }: Action, general: GeneralWindow | undefined): Window | undefined => {
  if (window) return window as Window
  return general && (general.applies === 'all' ? !silent.has(type) : messages.has(type)) ? general : undefined
}

export const shownWindow = ({ days, from = '00:00', to = '24:00' }: Window): string =>
  `${days ? `${days.join(', ')} ` : ''}${from} to ${to}`
