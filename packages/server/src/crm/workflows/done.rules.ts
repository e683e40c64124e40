import { WireError } from '@groundlevel/contract-kit'
import type { Outcome } from './flow.rules.js'
import type { ContactRecord } from './ports.js'

/** What a step did. */
export interface Done {
  readonly outcome: Outcome
  readonly reason: string
  /** The contact as it is now, where it changed. */
  readonly contact?: ContactRecord
  /** The way goes on when the request has been answered. */
  readonly waitingFor?: 'call'
}

export const done = (reason: string, contact?: ContactRecord): Done => ({
  outcome: 'done',
  reason,
  ...(contact ? { contact } : {}),
})

export const skipped = (reason: string): Done => ({ outcome: 'skipped', reason })

/** What the step says cannot be done with this contact: its history says why, and the way goes on. Anything else is thrown on. */
export const failed = (error: unknown): Done => {
  if (!(error instanceof WireError) || error.status >= 500) throw error
  return { outcome: 'failed', reason: [error.body.message].flat().join('; ') }
}
