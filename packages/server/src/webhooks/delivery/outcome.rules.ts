import type { Answer } from './outbound/send.js'
import { pauseAfterMs, retryAfterMs } from './schedule.rules.js'

/** Where a delivery stands after a try. */
export interface Outcome {
  readonly state: 'succeeded' | 'waiting' | 'dead'
  /** When the next try is due; null where there is none. */
  readonly runAt: Date | null
}

export interface Tried {
  /** Tries made, this one included. */
  readonly tries: number
  /** Asked for by a person: a failure begins no cycle. */
  readonly manual: boolean
}

const asksToWait = (status: number | null) => status === 429 || status === 503

const dead: Outcome = { state: 'dead', runAt: null }

/** Any 2xx is a success; 410 ends it at once; everything else is tried again until the schedule ends. */
export const outcomeOf = ({ tries, manual }: Tried, answer: Answer, now: Date, random: number): Outcome => {
  if (answer.errorClass === '') return { state: 'succeeded', runAt: null }
  if (answer.status === 410 || manual) return dead
  const asked = asksToWait(answer.status) ? retryAfterMs(answer.headers['retry-after'], now) : undefined
  const pauseMs = pauseAfterMs(tries, random, asked)
  return pauseMs === undefined ? dead : { state: 'waiting', runAt: new Date(now.getTime() + pauseMs) }
}
