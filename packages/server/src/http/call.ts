import type { Operation } from '@groundlevel/contract-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Person, Principal } from './principal.js'
import type { UploadedFile } from './uploads.js'

/** One request on its way through the steps. A step reads what earlier ones wrote. */
export interface Call {
  readonly operation: Operation
  /** Under which versions the path answers that was called. */
  readonly on: Operation['on']
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly traceId: string
  /** Domain time, read once. */
  readonly now: Date
  /** `performance.now()` at the start. */
  readonly startedAt: number
  readonly params: Record<string, string>
  query: Record<string, unknown>
  body: Record<string, unknown>
  /** Files that came with the request, in its order; gone once it is answered. */
  files: readonly UploadedFile[]
  version: 'dated' | 'v3'
  principal: Principal | undefined
  person: Person | undefined
  /** The sub-account that the call is about, once `check-tenant` has agreed. */
  locationId: string | undefined
  /** The app behind a call that carries no token, once its client is known: whose timeline the call belongs to. */
  appId: string | undefined
  /** The true cause of a refusal, for the timeline. */
  why: string
  /** What the handler returned. */
  result: unknown
  /** The JSON text that goes out. */
  text: string
  /** The same as bytes, where they were at hand. */
  bytes: Buffer | undefined
  /** Its beginning, where only that is to be read (see `Encoded`). */
  start: string | undefined
  status: number
}

/** A named step: lets the call on, or throws a `WireError`. */
export type Step = (call: Call) => void | Promise<void>
