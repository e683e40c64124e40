import type { Clock } from '../time.js'
import type { KeySource } from './key-source.js'
import type { SignatureHeader } from './keys.js'
import type { AnyEvent } from './receiver.js'
import { type Verification, verifyWebhook } from './verify.js'

/** What a request is held against. */
export interface Rules {
  readonly keys: KeySource
  readonly toleranceMs: number
  readonly maxBytes: number
  readonly appId?: string
  readonly now: Clock
}

export type Inspection =
  | {
      readonly accepted: true
      readonly event: AnyEvent
      readonly rawBody: string
      readonly verifiedBy: readonly SignatureHeader[]
    }
  | { readonly accepted: false; readonly status: number; readonly reason: string; readonly rawBody: string }

const refused = (status: number, reason: string, rawBody = ''): Inspection => ({ accepted: false, status, reason, rawBody })

/** The body's bytes, or undefined as soon as it is larger than allowed. */
const readBytes = async (request: Request, maxBytes: number): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

const verify = async (bytes: Uint8Array, headers: Headers, source: KeySource): Promise<Verification> => {
  const first = await verifyWebhook(bytes, headers, await source.get())
  if (first.verified || (!headers.has('x-ghl-signature') && !headers.has('x-wh-signature'))) return first
  const renewed = await source.renewed()
  return renewed === undefined ? first : verifyWebhook(bytes, headers, renewed)
}

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const isEvent = (body: Record<string, unknown>): body is AnyEvent =>
  [body.type, body.webhookId, body.timestamp].every((field) => typeof field === 'string' && field !== '')

/** Body, time and app of a webhook whose signature was right. */
const judge = (rawBody: string, verifiedBy: readonly SignatureHeader[], { appId, now, toleranceMs }: Rules): Inspection => {
  const event = parsed(rawBody)
  if (event === undefined || !isEvent(event))
    return refused(400, 'The body is no webhook: it needs type, timestamp and webhookId.', rawBody)
  const distanceMs = Math.abs(now() - Date.parse(event.timestamp))
  if (!(distanceMs <= toleranceMs))
    return refused(400, `The timestamp ${event.timestamp} is more than ${toleranceMs / 1000} s from now.`, rawBody)
  if (appId !== undefined && event.appId !== appId)
    return refused(401, `The webhook is for app ${event.appId ?? '(none named)'}, not for ${appId}.`, rawBody)
  return { accepted: true, event, rawBody, verifiedBy }
}

/** Reads and judges a request, without calling anybody: raw bytes first, then what they say. */
export const inspect = async (request: Request, rules: Rules): Promise<Inspection> => {
  if (request.method !== 'POST') return refused(405, 'Webhooks arrive by POST.')
  const bytes = await readBytes(request, rules.maxBytes)
  if (bytes === undefined) return refused(413, `The body is larger than ${rules.maxBytes} bytes.`)
  const rawBody = new TextDecoder().decode(bytes)
  let verification: Verification
  try {
    verification = await verify(bytes, request.headers, rules.keys)
  } catch (error) {
    return refused(503, `The keys to verify with cannot be had: ${(error as Error).message}. Send again later.`, rawBody)
  }
  return verification.verified ? judge(rawBody, verification.by, rules) : refused(401, verification.reason, rawBody)
}
