import { unauthorized, WireError } from '@groundlevel/contract-kit'
import { parse } from 'cookie'
import type { Call } from '../call.js'
import type { Person, Principal } from '../principal.js'

/** What the step asks of the rooms that know tokens and sessions. */
export interface Authenticators {
  /** @throws WireError 401 with the wire's text. */
  token(token: string, now: Date): Promise<Principal> | Principal
  session(cookie: string, now: Date): Promise<Person | undefined>
  /** Name of the session cookie. */
  readonly cookieName: string
}

const bearer = /^Bearer +([^ ]+) *$/i

const tokenOf = (call: Call) => {
  const match = bearer.exec(call.request.headers.authorization ?? '')
  if (match?.[1]) return match[1]
  throw unauthorized('Invalid JWT', 'The request has no `Authorization: Bearer …` header.')
}

/** The cookie proves who, this header proves that our own page asked: no other origin can send it without a preflight, which we never grant. */
const demandOwnPage = (call: Call) => {
  const { headers, method } = call.request
  const site = headers['sec-fetch-site']
  if (method === 'GET') return
  if (headers['x-groundlevel'] !== undefined && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new WireError(403, { statusCode: 403, message: 'This request must come from the portal: send the header x-groundlevel.' })
}

const signedOut = () => new WireError(401, { statusCode: 401, message: 'Sign in first: there is no session, or it has ended.' })

/** Finds out who calls: a token's principal, a session's person, or nobody where the row says so. */
export const authenticate = (who: Authenticators) =>
  async function authenticate(call: Call): Promise<void> {
    const { operation, request } = call
    if (operation.auth === 'token') {
      call.principal = await who.token(tokenOf(call), call.now)
      return
    }
    // The row's path, not the request's: that one may be percent-encoded, `/%5fground`, and still arrives here.
    if (!operation.path.startsWith('/_ground/')) return
    demandOwnPage(call)
    const cookie = parse(request.headers.cookie ?? '')[who.cookieName]
    call.person = cookie ? await who.session(cookie, call.now) : undefined
    if (operation.auth === 'session' && !call.person) throw signedOut()
  }
