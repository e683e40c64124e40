import type { Principal } from './principal.js'

/** Who made a record, as the wire tells it (wire-contract §1.6). */
export interface Author {
  readonly source: string
  readonly channel: string
  readonly sourceId: string
  readonly timestamp: Date
}

/** Who makes a change: a person at the portal, or the app or private token behind the call. */
export const authorOf = (principal: Principal, now: Date): Author => {
  if (principal.source === 'session')
    return { source: 'WEB_USER', channel: 'APP', sourceId: principal.userId ?? principal.tokenId, timestamp: now }
  return {
    source: 'INTEGRATION',
    channel: principal.source === 'oauth' ? 'OAUTH' : 'PRIVATE_INTEGRATION',
    sourceId: principal.clientId ?? principal.tokenId,
    timestamp: now,
  }
}
