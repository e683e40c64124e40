import { createHash } from 'node:crypto'
import { judge, type Lookup } from './conditions.rules.js'
import { atGoal } from './goals.rules.js'
import type { Node } from './program.rules.js'
import { type GeneralWindow, opening, shownWindow, type Window, windowOf } from './windows.rules.js'

export type Outcome = 'done' | 'skipped' | 'failed' | 'waiting' | 'branch' | 'ended'

/** What a step came to, and where the way goes on. */
export interface Flow {
  readonly outcome: Outcome
  readonly reason: string
  /** The next action; undefined: the workflow is at its end. */
  readonly next: string | undefined
  /** Given: the way goes on then, or (null) when something comes. */
  readonly dueAt?: Date | null
  readonly waitingFor?: 'reply' | 'call' | 'goal' | 'event'
  /** Why the workflow is over, where it has ended. */
  readonly ending?: string
  /** It was taken out, and did not come to the end. */
  readonly removed?: boolean
}

/** What decisions are made of. */
export interface FlowAbout {
  readonly enrolmentId: string
  readonly trigger: Readonly<Record<string, unknown>>
  readonly lookup: Lookup
  readonly now: Date
  /** The workflow's own, and the zone of its clock. */
  readonly window: GeneralWindow | undefined
  readonly zone: string
}

const unitsMs = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

const lengthMs = (action: Readonly<Record<string, unknown>>): number =>
  Object.entries(unitsMs).reduce((sum, [unit, ms]) => sum + (typeof action[unit] === 'number' ? action[unit] * ms : 0), 0)

const eventStart = ({ eventStartTime, startTime, appointment }: Readonly<Record<string, unknown>>): Date | undefined => {
  const text = eventStartTime ?? startTime ?? (appointment as { startTime?: unknown } | undefined)?.startTime
  const at = typeof text === 'string' ? new Date(text) : undefined
  return at && !Number.isNaN(at.getTime()) ? at : undefined
}

/** Until then; with a window until it is open, then or next. */
const waitUntil = (end: Date, { action, next }: Node, { now, zone }: FlowAbout): Flow => {
  const window = action.window as Window | undefined
  const dueAt = window ? opening(window, end > now ? end : now, zone) : end
  return dueAt <= now
    ? { outcome: 'done', reason: `${dueAt.toISOString()} has passed already`, next }
    : { outcome: 'waiting', reason: `waits until ${dueAt.toISOString()}${window ? `, ${shownWindow(window)}` : ''}`, next, dueAt }
}

const wait = (node: Node, about: FlowAbout): Flow => {
  const { trigger, now } = about
  const { action, next } = node
  const ms = lengthMs(action)
  if (action.for === 'reply') {
    const dueAt = ms > 0 ? new Date(now.getTime() + ms) : null
    const end = dueAt ? `, until ${dueAt.toISOString()} at the latest` : ''
    return { outcome: 'waiting', reason: `waits for an answer${end}`, next, dueAt, waitingFor: 'reply' }
  }
  if (typeof action.on === 'string') {
    const dueAt = typeof action.until === 'string' ? new Date(action.until) : ms > 0 ? new Date(now.getTime() + ms) : null
    const end = dueAt ? `, until ${dueAt.toISOString()} at the latest` : ''
    return { outcome: 'waiting', reason: `waits for ${action.on}${end}`, next, dueAt, waitingFor: 'event' }
  }
  if (action.beforeEvent === true) {
    const start = eventStart(trigger)
    if (!start) return { outcome: 'skipped', reason: 'there is no event whose beginning is known', next }
    return waitUntil(new Date(start.getTime() - ms), node, about)
  }
  if (typeof action.until === 'string') return waitUntil(new Date(action.until), node, about)
  return waitUntil(new Date(now.getTime() + ms), node, about)
}

const choose = ({ ways, otherwise }: Node, { lookup }: FlowAbout): Flow => {
  const refused: string[] = []
  for (const { name, match, conditions, first } of ways) {
    const { holds, reason } = judge(conditions, match, lookup)
    if (holds) return { outcome: 'branch', reason: `${name}: ${reason}`, next: first }
    refused.push(reason)
  }
  return { outcome: 'branch', reason: `else: ${refused.join('; ')}`, next: otherwise }
}

/** The same contact always takes the same path, however often the step is tried. */
const split = ({ action, ways, next }: Node, { enrolmentId }: FlowAbout): Flow => {
  const total = ways.reduce((sum, { weight }) => sum + weight, 0)
  const drawn = createHash('sha256').update(`${enrolmentId} ${action.id}`).digest().readUInt32BE() / 2 ** 32
  let left = drawn * total
  for (const { name, weight, first } of ways) {
    left -= weight
    if (left < 0) return { outcome: 'branch', reason: `${name}: drawn by weight ${weight} of ${total}`, next: first }
  }
  return { outcome: 'skipped', reason: 'no path has a weight', next }
}

/** What may not be done at this hour waits, and is done when the window opens. */
const untilOpen = ({ action }: Node, { window: general, now, zone }: FlowAbout): Flow | undefined => {
  const window = windowOf(action, general)
  const dueAt = window && opening(window, now, zone)
  if (!dueAt || dueAt <= now) return undefined
  return {
    outcome: 'waiting',
    reason: `waits until ${dueAt.toISOString()}: only ${shownWindow(window)}`,
    next: action.id,
    dueAt,
  }
}

/** Steps that decide and do nothing, or must not yet; undefined for those that do something. */
export const decide = (node: Node, about: FlowAbout): Flow | undefined => {
  const { action } = node
  if (action.type === 'wait') return wait(node, about)
  if (action.type === 'if_else') return choose(node, about)
  if (action.type === 'split') return split(node, about)
  if (action.type === 'goal') return atGoal(node, about.lookup)
  if (action.type === 'end') return { outcome: 'ended', reason: 'the workflow ends here', next: undefined }
  if (action.type === 'go_to') {
    const to = action.actionId as string
    return { outcome: 'done', reason: `goes on at ${to}`, next: to }
  }
  return untilOpen(node, about)
}
