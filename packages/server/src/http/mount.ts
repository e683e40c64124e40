import { randomUUID } from 'node:crypto'
import type { Operation } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AssignedRecords } from '../assigned.js'
import type { Db } from '../database/wire.js'
import type { Clock } from '../lab/clock.js'
import type { Call, Step } from './call.js'
import type { Outbox } from './context.js'
import { refusalOf } from './failure.js'
import type { Implementation } from './implement.js'
import { type RateLimits, rateHeaders } from './rate-limits.js'
import { isRecorded, type Recorder, recordOf } from './record.js'
import { type Authenticators, authenticate } from './steps/authenticate.js'
import { checkActor } from './steps/check-actor.js'
import { checkAssigned } from './steps/check-assigned.js'
import { checkReply, type ReplyChecking } from './steps/check-reply.js'
import { checkScope } from './steps/check-scope.js'
import { type CompanyOfLocation, checkTenant } from './steps/check-tenant.js'
import { checkVersion } from './steps/check-version.js'
import { countRequest } from './steps/count-request.js'
import { handle } from './steps/handle.js'
import { receiveFiles } from './steps/receive-files.js'
import { replayOrRun } from './steps/replay-or-run.js'
import { send } from './steps/send.js'
import { validate } from './steps/validate.js'
import { discardUploads, takeFiles } from './uploads.js'
import { parseQueryString } from './validate/query-string.js'

/** What the steps need from the rooms. */
export interface Wiring {
  readonly clock: Clock
  readonly db: Db
  readonly authenticators: Authenticators
  readonly companyOfLocation: CompanyOfLocation
  readonly limits: RateLimits
  /** Whose the records are that contracts name; an installation has all kinds, a test those of its module. */
  readonly assigned: Partial<AssignedRecords>
  readonly outbox: Outbox
  /** Called once a change with events has committed. */
  wake(): void
  readonly implementations: readonly Implementation[]
  readonly record: Recorder
  readonly replyChecking: ReplyChecking
  say(line: string): void
}

/**
 * The order of the steps. Before them the router finds the row, after them the call is recorded, whatever its end.
 * Only this order gives the refusals that programs parse (wire-contract §1.9).
 */
export const stepsOf = (wiring: Wiring): readonly Step[] => [
  checkVersion(wiring.authenticators),
  authenticate(wiring.authenticators, wiring.companyOfLocation),
  checkActor,
  checkScope,
  checkTenant(wiring.companyOfLocation),
  countRequest(wiring.limits),
  receiveFiles,
  validate,
  checkAssigned(wiring.db, wiring.assigned),
  replayOrRun(wiring.db),
  handle({
    db: wiring.db,
    outbox: wiring.outbox,
    wake: wiring.wake,
    implementations: new Map(wiring.implementations.map((each) => [each.operation.key, each])),
  }),
  checkReply(wiring.replyChecking, wiring.say),
  send,
]

/** A row at one of its paths. */
type Routed = Pick<Call, 'operation' | 'on'>

const emptyBody: Record<string, unknown> = {}

const bodyOf = (body: unknown, list: string | undefined): Record<string, unknown> => {
  if (Array.isArray(body)) return list === undefined ? emptyBody : { [list]: body }
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : emptyBody
}

const callOf = ({ operation, on }: Routed, request: FastifyRequest, reply: FastifyReply, clock: Clock): Call => {
  const { body } = request
  const at = request.url.indexOf('?')
  return {
    operation,
    on,
    request,
    reply,
    traceId: randomUUID(),
    now: clock.now(),
    startedAt: performance.now(),
    params: request.params as Record<string, string>,
    query: at < 0 ? emptyBody : parseQueryString(request.url.slice(at + 1)),
    body: bodyOf(body, operation.list),
    files: [],
    version: 'dated',
    principal: undefined,
    person: undefined,
    locationId: undefined,
    appId: undefined,
    why: '',
    result: undefined,
    text: '',
    bytes: undefined,
    start: undefined,
    status: operation.status,
  }
}

const refuse = (call: Call, error: unknown, wiring: Wiring) => {
  const refusal = refusalOf(error, call.traceId)
  if (refusal.unexpected) wiring.say(`${call.traceId} ${call.operation.key} failed: ${(error as Error).stack ?? String(error)}`)
  call.status = refusal.status
  call.text = refusal.text
  call.start = undefined
  call.why ||= refusal.why
  if (call.operation.auth === 'token' && !call.reply.hasHeader('x-ratelimit-max'))
    call.reply.headers(rateHeaders(wiring.limits.untouched()))
  call.reply
    .code(refusal.status)
    .headers(refusal.headers)
    .header('content-type', 'application/json; charset=utf-8')
    .send(refusal.text)
}

const isCompatible = ({ key, path, auth }: Operation) =>
  auth === 'token' || (!key.startsWith('platform.') && !path.startsWith('/_ground'))

/** Replies that hold tokens, codes or what only a session may see: nothing on the way keeps them (RFC 6749 §5.1). */
const isPrivate = ({ module, path }: Operation) => module === 'oauth' || path.startsWith('/_ground')

const prepare = (call: Call, wiring: Wiring) => {
  if (isPrivate(call.operation)) call.reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  if (!isCompatible(call.operation)) return
  call.reply.header('vary', 'Accept-Encoding')
  // A call with a token is counted and gets its own; a refusal before that gets these (see `refuse`).
  if (call.operation.auth !== 'token') call.reply.headers(rateHeaders(wiring.limits.untouched()))
}

const answer = (routed: Routed, wiring: Wiring, steps: readonly Step[]) =>
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const call = callOf(routed, request, reply, wiring.clock)
    try {
      prepare(call, wiring)
      for (const step of steps) {
        const waiting = step(call)
        if (waiting) await waiting
      }
    } catch (error) {
      refuse(call, error, wiring)
    }
    if (isRecorded(call)) wiring.record(recordOf(call, call.status, call.start ?? call.text))
    if (call.files.length > 0) await discardUploads(call.files)
    return reply
  }

/** Paths under which a row answers, and for which versions. */
export const placesOf = ({ key, path, on, v3 }: Operation): { path: string; on: Operation['on'] }[] => {
  const places = v3?.path
    ? [
        { path, on: 'dated' as const },
        { path: v3.path, on: 'v3' as const },
      ]
    : [{ path, on }]
  // Documented in this spelling, and written so by apps (promise 106).
  return key === 'oauth.token.exchange' ? [...places, { path: '/OAuth/token', on: 'both' as const }] : places
}

/** Programs that only look whether somebody is there ask without wanting the body; of the wire's own operations none knows HEAD. */
const methodsOf = ({ key, method }: Operation) => (key === 'platform.health.get' ? [method, 'HEAD'] : [method])

/** Makes a route of every operation. */
export const mount = (app: FastifyInstance, operations: readonly Operation[], wiring: Wiring): void => {
  const steps = stepsOf(wiring)
  const route = (scope: FastifyInstance, operation: Operation) => {
    for (const { path, on } of placesOf(operation)) {
      scope.route({ method: methodsOf(operation), url: path, handler: answer({ operation, on }, wiring, steps) })
    }
  }
  for (const operation of operations) if (!operation.files) route(app, operation)
  app.register(async (scope) => {
    await takeFiles(scope)
    for (const operation of operations) if (operation.files) route(scope, operation)
  })
}
