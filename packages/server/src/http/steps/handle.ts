import { problem } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Call } from '../call.js'
import { toCamel } from '../casing.js'
import { CallContext, type Outbox } from '../context.js'
import { Download } from '../download.js'
import { encode } from '../encode.js'
import { keyedRepliesOf } from '../idempotency.sql.js'
import type { Implementation } from '../implement.js'
import { idempotencyKeyOf, requestHash } from './replay-or-run.js'

export interface Running {
  readonly db: Db
  readonly outbox: Outbox
  wake(): void
  readonly implementations: ReadonlyMap<string, Implementation>
}

/** PostgreSQL's words for "somebody else was first": the change is run again, unseen by the caller. */
const retryable: ReadonlySet<string> = new Set(['40001', '40P01'])
const tries = 3

const givenOf = (call: Call) => ({ ...call.params, query: call.query, body: call.body })

const run = async (call: Call, implementation: Implementation, context: CallContext) => {
  const result = await implementation.run(givenOf(call), context)
  call.result =
    call.version === 'v3' && call.operation.v3?.casing === 'camel' ? toCamel(result as Record<string, unknown>) : result
  if (call.result instanceof Download) return
  const { text, bytes, start } = encode(call.result, call.traceId)
  call.text = text
  call.bytes = bytes
  call.start = start
}

const runInTransaction = async (call: Call, implementation: Implementation, { db, outbox, wake }: Running) => {
  const key = idempotencyKeyOf(call)
  const context = await db.transaction().execute(async (transaction) => {
    const made = new CallContext(call, transaction, db, outbox, wake)
    const keyed = key === undefined || !call.principal ? undefined : keyedRepliesOf(transaction, call.principal.bucket)
    if (key !== undefined && keyed && !(await keyed.claim(key, requestHash(call), call.now))) {
      throw problem(409, 'Another request with this Idempotency-Key was first; repeat this one to get its reply.')
    }
    await run(call, implementation, made)
    if (key !== undefined) await keyed?.keep(key, call.operation.status, call.text)
    return made
  })
  context.committed()
}

const changing = async (call: Call, implementation: Implementation, running: Running) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runInTransaction(call, implementation, running)
    } catch (error) {
      if (attempt === tries || !retryable.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** Runs the handler: reads on the pool, changes in one transaction with their events. */
export const handle = (running: Running) =>
  async function handle(call: Call): Promise<void> {
    if (call.text !== '') return
    const { operation } = call
    const implementation = running.implementations.get(operation.key)
    if (!implementation) throw new Error(`${operation.key} is promised but not implemented`)
    await implementation.prepare?.(givenOf(call), call)
    if (operation.effect === 'write' && !implementation.ownTransaction) return changing(call, implementation, running)
    const context = new CallContext(
      call,
      running.db,
      running.db,
      implementation.ownTransaction ? running.outbox : undefined,
      running.wake,
    )
    await run(call, implementation, context)
    context.committed()
  }
