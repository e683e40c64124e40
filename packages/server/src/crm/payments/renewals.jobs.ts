import type { Kysely } from 'kysely'
import type { Job } from '../../background/ticker.js'
import type { Tables } from '../../database/tables.js'
import { newHexId } from '../../ids.js'
import type { Teller } from './ports.js'
import { comeRound } from './renewals.js'
import { type DueSubscription, dueSubscription, subscriptionsOf } from './subscriptions.sql.js'
import { openTill } from './till.js'

/** What renewing asks of others. */
export interface RenewalParts extends Teller {
  readonly db: Kysely<Tables>
  /** A line for whoever runs the server. */
  say(line: string): void
}

const turnsARun = 1000
const anotherTryMs = 3_600_000

/** Who takes the payment of a turn: the test provider by itself; what people paid by hand waits for them. */
const paymentOf = ({ provider }: DueSubscription) =>
  provider === 'test' ? { provider, mode: 'card', chargeId: `test_${newHexId()}`, succeeded: true } : undefined

/** Lets one that is due come round once. @returns whether there was one */
const turn = async (parts: RenewalParts, now: Date): Promise<boolean> => {
  const { db: pool, say } = parts
  let due: DueSubscription | undefined
  try {
    return await pool.transaction().execute(async (db) => {
      due = await dueSubscription(db, now)
      if (!due) return false
      await comeRound(await openTill(parts, db, due.locationId, now), due, paymentOf(due))
      return true
    })
  } catch (error) {
    if (!due) throw error
    // One that fails is no reason that nobody else's comes round.
    say(`Subscription ${due._id} did not come round and is tried again in an hour: ${(error as Error).message}`)
    await subscriptionsOf(pool, due.locationId).postpone(due, new Date(now.getTime() + anotherTryMs))
    return true
  }
}

/**
 * Subscriptions whose time has come. A turn is a row's lock, its order and its next date in one transaction: two nodes never
 * charge it twice, and one that was killed has done all of it or nothing. Turns that were missed are made up for one by one.
 */
export const renewalJob = (parts: RenewalParts): Job => ({
  name: 'subscriptions',
  everyMs: 2000,
  run: async (now) => {
    let turns = 0
    while (turns < turnsARun && (await turn(parts, now))) turns += 1
    if (turns > 0) parts.wake()
  },
})
