import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '../../database/wire.js'
import type { Person } from '../../http/principal.js'
import { createRecent } from '../../recent.js'
import { placesOf } from '../directory/places.js'
import { sessionsOf } from './sessions.sql.js'

const dayMs = 86_400_000
const lifeMs = 30 * dayMs

/** How long a cookie and its row live after their last use. */
export const sessionLifeSeconds = lifeMs / 1000

const hashOf = (token: string) => createHash('sha256').update(token).digest()

interface Found {
  readonly person: Person
  readonly expiresAt: Date
}

export interface Sessions {
  /** The person behind a cookie's token, while the session lives. Using it keeps it alive. */
  personOf(token: string, now: Date): Promise<Person | undefined>
  /** A new session; the one that the browser had before ends, so that nobody can plant one (fixation). */
  open(db: Db, accountId: string, now: Date, before: string | undefined): Promise<string>
  close(db: Db, token: string): Promise<void>
  /** What a person may act as has changed. */
  forgetEverybody(): void
}

/** Sessions by a 256-bit token; only its SHA-256 is stored. */
export const createSessions = (db: Db): Sessions => {
  const load = async (tokenHex: string): Promise<Found | undefined> => {
    const sessionHash = Buffer.from(tokenHex, 'hex')
    const row = await sessionsOf(db).find(sessionHash)
    if (!row) return undefined
    const { accountId, email, name, expiresAt } = row
    return { person: { accountId, email, name, sessionHash, places: await placesOf(db, accountId) }, expiresAt }
  }
  const recent = createRecent(load, { keepMs: 3000 })

  const keepAlive = async (hash: Buffer, expiresAt: Date, now: Date) => {
    if (expiresAt.getTime() - now.getTime() > lifeMs - dayMs) return
    await sessionsOf(db).extend(hash, new Date(now.getTime() + lifeMs))
    recent.forget(hash.toString('hex'))
  }
  const close = async (on: Db, token: string) => {
    const hash = hashOf(token)
    await sessionsOf(on).remove(hash)
    recent.forget(hash.toString('hex'))
  }
  return {
    personOf: async (token, now) => {
      const hash = hashOf(token)
      const found = await recent.get(hash.toString('hex'))
      if (!found || found.expiresAt <= now) return undefined
      await keepAlive(hash, found.expiresAt, now)
      return found.person
    },
    open: async (on, accountId, now, before) => {
      if (before !== undefined) await close(on, before)
      const token = randomBytes(32).toString('base64url')
      await sessionsOf(on).add({
        tokenHash: hashOf(token),
        accountId,
        dateAdded: now,
        expiresAt: new Date(now.getTime() + lifeMs),
      })
      return token
    },
    close,
    forgetEverybody: recent.clear,
  }
}
