import { forbidden, unauthorized, WireError } from '@groundlevel/contract-kit'
import { parse } from 'cookie'
import type { Call } from '../call.js'
import type { Person, Principal } from '../principal.js'
import { placeIn, seatIn, sessionPrincipal } from '../seats.rules.js'
import type { CompanyOfLocation } from './check-tenant.js'
import { demandOwnPage, demandPortal } from './portal-page.js'

/** What the step asks of the rooms that know tokens and sessions. */
export interface Authenticators {
  /** @throws WireError 401 with the wire's text. */
  token(token: string, now: Date): Promise<Principal> | Principal
  session(cookie: string, now: Date): Promise<Person | undefined>
  /** Name of the session cookie. */
  readonly cookieName: string
  /** Where browsers reach the portal. */
  publicUrl(): string
}

const bearer = /^Bearer +([^ ]+) *$/i

const tokenOf = (call: Call) => {
  const match = bearer.exec(call.request.headers.authorization ?? '')
  if (match?.[1]) return match[1]
  throw unauthorized('Invalid JWT', 'The request has no `Authorization: Bearer …` header.')
}

const signedOut = () => new WireError(401, { statusCode: 401, message: 'Sign in first: there is no session, or it has ended.' })

const noSeat = (place: string) =>
  forbidden(
    `The token does not have access to this ${place.startsWith('agency:') ? 'company' : 'location'}.`,
    `Who is signed in may not act as ${place}.`,
  )

const personOf = async ({ request, now }: Call, who: Authenticators) => {
  const cookie = parse(request.headers.cookie ?? '')[who.cookieName]
  return cookie ? await who.session(cookie, now) : undefined
}

/** The header with which our own pages say as what their person acts; nobody else's request is read as a session. */
const placeHeader = ({ request: { headers } }: Call): string | undefined => {
  const place = headers['x-groundlevel-place']
  return headers.authorization === undefined && typeof place === 'string' ? place : undefined
}

/** A person at the portal calls the API as what they are at a place (decision 0025). */
const principalAt = async (call: Call, header: string, who: Authenticators, companyOf: CompanyOfLocation) => {
  // No other origin may read what a cookie opened, and nothing on the way may keep it.
  for (const name of ['access-control-allow-origin', 'access-control-expose-headers']) call.reply.removeHeader(name)
  call.reply.header('cache-control', 'no-store')
  demandPortal(call, who.publicUrl())
  const person = await personOf(call, who)
  if (!person) throw signedOut()
  const place = placeIn(header)
  if (!place) throw noSeat(header)
  const companyId = place.kind === 'agency' ? place.id : await companyOf(place.id)
  const seat = companyId === undefined ? undefined : seatIn(person, place, companyId)
  if (!seat) throw noSeat(header)
  return sessionPrincipal(person, place, seat)
}

const signedIn = async (call: Call, who: Authenticators): Promise<void> => {
  const { operation, request } = call
  // The row's path, not the request's: that one may be percent-encoded, `/%5fground`, and still arrives here.
  if (!operation.path.startsWith('/_ground/')) return
  if (request.method !== 'GET') demandOwnPage(call)
  call.person = await personOf(call, who)
  if (operation.auth === 'session' && !call.person) throw signedOut()
}

/** Whose call it was that was refused before anybody asked, so that its app's timeline has it. A token that is none names nobody. */
export const knowCaller = async (call: Call, who: Authenticators): Promise<void> => {
  const token = bearer.exec(call.request.headers.authorization ?? '')?.[1]
  if (call.operation.auth !== 'token' || token === undefined) return
  try {
    call.principal = await who.token(token, call.now)
  } catch {
    // The refusal that is under way says what is wrong first.
  }
}

const speakFor = (call: Call, principal: Principal): void => {
  call.principal = principal
}

/** Finds out who calls: a token's principal, a session's person, or nobody where the row says so. */
export const authenticate = (who: Authenticators, companyOf: CompanyOfLocation) =>
  function authenticate(call: Call): void | Promise<void> {
    if (call.operation.auth !== 'token') return signedIn(call, who)
    const place = placeHeader(call)
    const found = place === undefined ? who.token(tokenOf(call), call.now) : principalAt(call, place, who, companyOf)
    // Most tokens are known: those calls wait for nothing here.
    if (found instanceof Promise) return found.then((principal) => speakFor(call, principal))
    speakFor(call, found)
  }
