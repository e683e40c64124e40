import { randomUUID } from 'node:crypto'
import { listenTo } from '../database/listener.js'
import type { Db } from '../database/wire.js'
import { createAuthenticate } from './access/authenticate.js'
import { audienceOf, familiesOf, revokedChannel } from './access/families.sql.js'
import { TokenCache } from './access/token-cache.js'
import { sweepExpired } from './oauth.jobs.js'
import type { OAuthParts, OAuthServices } from './parts.js'
import { createPrivateToken } from './private/private-tokens.js'
import { createRevoke } from './revocation.js'

/** The authorization server. Reads the audience of this installation, making it at the first start. */
export const createOAuth = async (services: OAuthServices, parts: OAuthParts) => {
  const { db: pool } = services
  const audience = await audienceOf(pool, `urn:groundlevel:${randomUUID()}`)
  const cache = new TokenCache()
  const revoke = createRevoke(cache, parts.log)
  const listener = listenTo(services.pool, revokedChannel, {
    heard: () => cache.forget(),
    listening: (yes) => cache.listening(yes),
  })
  parts.installs.onUninstalled(revoke.onUninstalled)

  return {
    audience,
    revoke,
    /** Whom a bearer token speaks for. @throws WireError 401 with the wire's text. */
    authenticate: createAuthenticate(pool, parts.keys, audience, cache),
    issuer: () => ({ issuer: services.publicUrl, audience }),
    createPrivateToken,
    /** Ends every grant of one client key, for when the key is removed. Call `forgetTokens` after the commit. */
    revokeClient: async (db: Db, clientId: string, because: string, now: Date): Promise<void> => {
      await familiesOf(db).endOfClient(clientId, because, now)
    },
    /** Makes this process look every token up anew. */
    forgetTokens: () => cache.forget(),
    /** For the ticker, about once a minute. */
    sweep: (now: Date) => sweepExpired(pool, now),
    /** Begins to hear of revocations by other processes; until then nothing is remembered. */
    start: () => listener.start(),
    stop: () => listener.stop(),
  }
}

export type OAuth = Awaited<ReturnType<typeof createOAuth>>
