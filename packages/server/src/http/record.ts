import type { Call } from './call.js'
import { isTooDeep } from './validate/text.js'

/** A finished call, for the timeline. */
export interface CallRecord {
  readonly at: Date
  readonly traceId: string
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
  readonly appId: string | null
  readonly companyId: string | null
  readonly locationId: string | null
  readonly familyId: string | null
  /** Who was signed in, for calls that our own pages make. */
  readonly accountId: string | null
  readonly why: string
  readonly requestHeaders: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly requestBody: string | null
  readonly responseBody: string
  readonly ip: string
}

export type Recorder = (record: CallRecord) => void

/** The portal's own calls are not an app's business and stay out. */
export const isRecorded = ({ operation }: Call) => operation.auth === 'token' || operation.module === 'oauth'

/** What nests deeper than any request may would overflow the stack here, and the call would be missing in the timeline. */
const textOf = (body: unknown): string | null => {
  if (body === undefined || body === null) return null
  return isTooDeep(body) ? '(nests too deep to be shown)' : JSON.stringify(body)
}

/** A body as the timeline shows it; of files only what they were. */
const bodyOf = ({ request, body, files, operation }: Call): unknown =>
  operation.files && files.length > 0
    ? { ...body, files: files.map(({ part, name, contentType, size }) => ({ part, name, contentType, size })) }
    : request.body

export const recordOf = (call: Call, status: number, responseBody: string): CallRecord => {
  const { request, principal } = call
  return {
    at: call.now,
    traceId: call.traceId,
    operation: call.operation.key,
    method: request.method,
    path: request.url,
    status,
    durationMs: performance.now() - call.startedAt,
    appId: principal?.appId ?? call.appId ?? null,
    companyId: principal?.companyId ?? null,
    locationId: call.locationId ?? principal?.locationId ?? null,
    familyId: principal?.familyId ?? null,
    accountId: principal?.accountId ?? null,
    why: call.why,
    requestHeaders: request.headers,
    requestBody: textOf(bodyOf(call)),
    responseBody,
    ip: request.ip,
  }
}
