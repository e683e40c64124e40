import { badRequest, forbidden, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Call } from '../http/call.js'
import { type Implementation, implement } from '../http/implement.js'
import { asksLoopback } from '../loopback.js'
import { type Clock, goOn } from './clock.js'
import { keepAdvance, mostAheadMs } from './clock.sql.js'

const demandLoopback = ({ request }: Call) => {
  if (!asksLoopback(request)) throw forbidden('The clock of the lab is for callers on this machine only: use http://127.0.0.1.')
}

const lengthOf = ({ byMs, to }: { readonly byMs?: number; readonly to?: string }, now: Date): number => {
  if ((byMs === undefined) === (to === undefined)) throw unprocessable(['send either byMs or to'])
  const ms = byMs ?? Date.parse(to ?? '') - now.getTime()
  if (ms <= 0) throw badRequest(`It is ${now.toISOString()} already, and the time only goes on.`)
  return ms
}

const tooFar = () => badRequest('The lab goes at most ten years ahead of the machine: begin anew with an empty data folder.')

const shown = (clock: Clock, aheadMs = clock.aheadMs()) => ({
  now: new Date(clock.real().getTime() + aheadMs).toISOString(),
  aheadMs,
})

/**
 * The clock of a local start, to callers on this machine. Never mounted in production.
 *
 * @param wake hears that the time went on
 */
export const clockModule = (clock: Clock, wake: () => void): readonly Implementation[] =>
  implement(api.lab.clock, ({ call }) => ({ call }), {
    get: async (_, { call }) => {
      demandLoopback(call)
      return shown(clock)
    },

    advance: async ({ body }, { call, db, now, afterCommit }) => {
      demandLoopback(call)
      const byMs = lengthOf(body, now)
      if (clock.aheadMs() + byMs > mostAheadMs) throw tooFar()
      // Of several at once, each sees here what those before it came to, whichever process they asked.
      const aheadMs = await keepAdvance(db, byMs)
      if (aheadMs > mostAheadMs) throw tooFar()
      afterCommit(() => {
        goOn(clock, aheadMs)
        wake()
      })
      return shown(clock, aheadMs)
    },
  })
