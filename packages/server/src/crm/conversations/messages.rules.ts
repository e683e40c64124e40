import { unprocessable } from '@groundlevel/contract-kit'
import { messageTypes } from '@groundlevel/contracts'

const known: ReadonlySet<string> = new Set(messageTypes)

/** Types after commas; the document writes one of them in the plural. */
export const typesOf = (text: string | undefined): string[] => {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim().replace('TYPE_INTERNAL_COMMENTS', 'TYPE_INTERNAL_COMMENT'))
    .filter(Boolean)
  const strange = names.filter((name) => !known.has(name))
  if (strange.length > 0) throw unprocessable(strange.map((name) => `type must be a valid enum value, which ${name} is not`))
  return names
}

/** A call's own subtype, or that of messages that came by an app. */
export const takesAttachments = ({ messageType, subType }: { readonly messageType: string; readonly subType: string | null }) =>
  messageType === 'TYPE_CUSTOM_CALL' || (messageType === 'TYPE_CALL' && subType === 'EXTERNAL_CALL')

const statusRanks = ['pending', 'failed', 'delivered', 'read']

/** What providers report may come late and out of order: a message that was read stays read. */
export const nextStatus = (before: string, reported: string): string => {
  if (before === 'read' && reported !== 'failed') return before
  return statusRanks.includes(before) || before === 'sent' ? reported : before
}

type Events = Readonly<Record<string, number | string>>

const implied: readonly (readonly [readonly string[], string])[] = [
  [['clicked', 'complained', 'unsubscribed', 'replied'], 'opened'],
  [['clicked', 'complained', 'unsubscribed', 'replied', 'opened'], 'delivered'],
  [['delivered', 'permanent_fail', 'temporary_fail'], 'accepted'],
]

/** Counters added to what is known; what one implies is there at least once, and the first time of each is kept. */
export const mergedEvents = (before: Events, added: Readonly<Record<string, number>>, now: Date): Events => {
  const events: Record<string, number | string> = { ...before }
  for (const [name, count] of Object.entries(added)) if (count > 0) events[name] = Number(events[name] ?? 0) + count
  for (const [causes, name] of implied) if (!events[name] && causes.some((cause) => events[cause])) events[name] = 1
  for (const name of ['delivered', 'opened', 'clicked'])
    if (events[name] && !events[`${name}At`]) events[`${name}At`] = now.toISOString()
  return events
}

const isCounter = ([name, count]: readonly [string, unknown]) =>
  /^[a-z_]{1,40}$/.test(name) && Number.isInteger(count) && Number(count) >= 0 && Number(count) <= 1e9

/** @throws WireError 422 for what is no counter */
export const countersOf = (events: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> => {
  const strange = Object.entries(events).filter((each) => !isCounter(each))
  if (strange.length > 0) throw unprocessable(strange.map(([name]) => `events.${name} must be an integer number`))
  return events as Readonly<Record<string, number>>
}
