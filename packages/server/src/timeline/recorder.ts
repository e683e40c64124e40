import { createBatch } from '../background/batch.js'
import type { Db } from '../database/wire.js'
import type { CallRecord } from '../http/record.js'
import { newUuid } from '../ids.js'
import type { Services } from '../services.js'
import { addCalls, addTokens, headersText, type LoggedToken, type WrittenCall } from './log.sql.js'
import { createMasking, readBodyLimit } from './mask.rules.js'

/** What happened to a token or an install; `act` is its title in the timeline. */
export type TokenRow = Omit<LoggedToken, 'id'>

export interface Recorder {
  /** Masked and written within 250 ms, lost when the process is killed before. Costs the caller no wait. */
  record(call: CallRecord): void
  /** The same for issue and refresh. */
  token(row: TokenRow): void
  /** In the caller's transaction: install, consent, revoke, reuse. */
  tokenIn(db: Db, row: TokenRow): Promise<void>
  /** Everything recorded so far is written. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const batchOptions = { maxRows: 500, afterMs: 250, capacity: 20_000 } as const

/** Bodies and headers come as they were, secrets and all, and are masked here, in one place. */
const logged = (calls: readonly CallRecord[]): readonly WrittenCall[] => {
  const mask = createMasking(headersText)
  return calls.map((call) => ({
    ...call,
    path: mask.text(call.path).slice(0, 2_000),
    why: mask.text(call.why),
    requestHeaders: mask.headers(call.requestHeaders),
    requestBody: mask.body(call.requestBody),
    responseBody: mask.body(call.responseBody, call.method === 'GET' && call.status < 400 ? readBodyLimit : undefined),
  }))
}

export const createRecorder = ({ db, pool, say }: Pick<Services, 'db' | 'pool' | 'say'>): Recorder => {
  /** A database that is away for a while gets its rows later; rows that it refuses would hold up all others for ever. */
  const onFailure = (error: Error, rows: readonly unknown[], failures: number): 'again' | 'drop' => {
    const refused = /^2[23]/.test(String((error as { code?: unknown }).code))
    if (refused) say(`${rows.length} rows of the timeline could not be written and are lost: ${error.message}`)
    else if (failures === 1) say(`The timeline could not be written, trying again: ${error.message}`)
    return refused ? 'drop' : 'again'
  }
  const calls = createBatch<CallRecord>({ ...batchOptions, write: (rows) => addCalls(pool, logged(rows)), onFailure })
  const tokens = createBatch<LoggedToken>({ ...batchOptions, write: (rows) => addTokens(db, rows), onFailure })
  return {
    record: calls.add,
    token: (row) => tokens.add({ ...row, id: newUuid() }),
    tokenIn: (transaction, row) => addTokens(transaction, [{ ...row, id: newUuid() }]),
    flush: async () => void (await Promise.all([calls.flush(), tokens.flush()])),
    stop: async () => void (await Promise.all([calls.stop(), tokens.stop()])),
  }
}
