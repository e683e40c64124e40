import type { Principal } from './principal.js'

/** Who made a record, as the wire tells it (wire-contract §1.6). */
export interface Author {
  readonly source: string
  readonly channel: string
  readonly sourceId: string
  readonly timestamp: Date
}

/** Who makes a change, from the token that makes it. */
export const authorOf = (principal: Principal, now: Date): Author => ({
  source: 'INTEGRATION',
  channel: principal.source === 'oauth' ? 'OAUTH' : 'PRIVATE_INTEGRATION',
  sourceId: principal.clientId ?? principal.tokenId,
  timestamp: now,
})
