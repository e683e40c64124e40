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
  /** Nothing was done, for somebody else is at it: the step's turn comes again. */
  readonly again?: true
  /** The way is over, short of its end. */
  readonly leaves?: true
}

export const done = (reason: string, contact?: ContactRecord): Done => ({
  outcome: 'done',
  reason,
  ...(contact ? { contact } : {}),
})

/** What one step needs is being changed by another: it is left for the next round, so that nobody waits while holding a lock. */
export const again: Done = { outcome: 'skipped', reason: '', again: true }

export const leaves = (reason: string): Done => ({ outcome: 'ended', reason, leaves: true })

export const skipped = (reason: string): Done => ({ outcome: 'skipped', reason })

/** What the step says cannot be done with this contact: its history says why, and the way goes on. Anything else is thrown on. */
export const failed = (error: unknown): Done => {
  if (!(error instanceof WireError) || error.status >= 500) throw error
  return { outcome: 'failed', reason: [error.body.message].flat().join('; ') }
}
