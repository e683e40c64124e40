import { createHash } from 'node:crypto'
import { badRequest, problem, unprocessable } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Call } from '../call.js'
import { keyedRepliesOf } from '../idempotency.sql.js'

/** The key of a POST that wants to be run once, undefined for every other call (ours, additive). */
export const idempotencyKeyOf = ({ request, operation, principal }: Call): string | undefined => {
  // Its replies hold tokens, and those are stored nowhere.
  if (operation.module === 'oauth') return undefined
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || operation.effect !== 'write' || !principal || key === undefined || key === '') return undefined
  if (typeof key !== 'string' || key.length > 255)
    throw badRequest('Idempotency-Key must be one value of at most 255 characters.')
  return key
}

/** Two requests are the same when path, body and files are. */
export const requestHash = ({ request, body, files }: Call) =>
  createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(body)}\n${files.map(({ sha256 }) => sha256).join()}`)
    .digest()

/** Answers a repeated request with the reply of its first run, and refuses a key that was used for another one. */
export const replayOrRun = (db: Db) =>
  async function replayOrRun(call: Call): Promise<void> {
    const key = idempotencyKeyOf(call)
    if (key === undefined || !call.principal) return
    const earlier = await keyedRepliesOf(db, call.principal.bucket).find(key)
    if (!earlier) return
    if (!earlier.requestHash.equals(requestHash(call)))
      throw unprocessable(['Idempotency-Key was already used for another request'])
    if (earlier.status === null || earlier.body === null)
      throw problem(409, 'The first request with this Idempotency-Key is still running; repeat it in a moment.')
    call.status = earlier.status
    call.text = earlier.body
    call.reply.header('idempotent-replayed', 'true')
  }
