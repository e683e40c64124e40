import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { listenTo } from '../database/listener.js'
import type { Tables } from '../database/tables.js'
import { type Clock, goOn } from './clock.js'
import { clockAheadMs, clockChannel } from './clock.sql.js'

interface FollowerParts {
  readonly pool: Pool
  readonly db: Kysely<Tables>
  readonly clock: Clock
  say(line: string): void
}

/**
 * Goes on with the time when another process on the same database was asked to, and looks how far that is whenever it begins
 * to hear: what was said before is made up for.
 *
 * @param wake hears that the time went on
 */
export const followClock = ({ pool, db, clock, say }: FollowerParts, wake: () => void) => {
  const follow = async () => {
    try {
      if (goOn(clock, await clockAheadMs(db))) wake()
    } catch (error) {
      say(`The lab's clock could not be read; it is asked again with the next change of it: ${(error as Error).message}`)
    }
  }
  return listenTo(pool, clockChannel, { heard: follow, listening: (yes) => void (yes && follow()) })
}
