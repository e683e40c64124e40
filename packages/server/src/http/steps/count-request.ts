import { WireError } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { type RateLimits, rateHeaders } from '../rate-limits.js'

/** Counts the call against its app and resource; past the quota it ends here. */
export const countRequest = (limits: RateLimits) =>
  function countRequest({ principal, reply }: Call): void {
    if (!principal) return
    const count = limits.count(principal.bucket)
    reply.headers(rateHeaders(count))
    if (count.allowed) return
    throw new WireError(
      429,
      { statusCode: 429, message: 'Too Many Requests' },
      {
        headers: { 'retry-after': String(count.retryAfterSeconds) },
        why: 'The app has used up its quota for this resource; wait for Retry-After.',
      },
    )
  }
