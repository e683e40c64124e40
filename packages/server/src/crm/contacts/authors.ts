import type { Principal } from '../../http/principal.js'
import type { Author } from './contacts.sql.js'

/** Who makes a change, from the token that makes it. */
export const authorOf = (principal: Principal, now: Date): Author => ({
  source: 'INTEGRATION',
  channel: principal.source === 'oauth' ? 'OAUTH' : 'PRIVATE_INTEGRATION',
  sourceId: principal.clientId ?? principal.tokenId,
  timestamp: now,
})
