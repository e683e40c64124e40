import type { Emits, Given, Json, Operation, Replied, Reply } from '@groundlevel/contract-kit'
import type { Db } from '../database/wire.js'
import type { Call } from './call.js'
import type { Person, Principal } from './principal.js'
import type { UploadedFile } from './uploads.js'

/** What every handler finds beside its input. */
export interface Context {
  /** The pool for reads, a transaction for changes. */
  readonly db: Db
  /** The pool, also in a change: for acts that must outlive a refusal, such as revoking a family whose token was reused. */
  readonly pool: Db
  readonly now: Date
  readonly traceId: string
  /** Token operations: who calls. Reading it in any other operation throws. */
  readonly principal: Principal
  /** Session operations: who is signed in. Reading it in any other operation throws. */
  readonly person: Person
  /** The sub-account that the call is about. Throws 403 where an agency token named none. */
  readonly locationId: string
  readonly companyId: string
  /** The user behind the call, null for an app that nobody stands behind. */
  readonly userId: string | null
  /** Files that came with the request; gone once it is answered. Only rows with `files` have any. */
  readonly files: readonly UploadedFile[]
  readonly call: Call
  newId(): string
  /** Writes an event to the outbox, in the same transaction as the change. */
  emit(type: string, record: Json<object> | object, about?: EventTarget): Promise<void>
  /** The same event of many records of the call's sub-account, in one statement. */
  emitAll(type: string, records: readonly (Json<object> | object)[]): Promise<void>
  /** Runs once the transaction has committed. */
  afterCommit(act: () => void): void
}

/** Whom an event concerns where it is not the call's own sub-account. */
export interface EventTarget {
  readonly companyId?: string
  readonly locationId?: string | null
  /** Only this app's install gets it (INSTALL, UNINSTALL, test events). */
  readonly appId?: string
  readonly installId?: string
  readonly test?: boolean
}

type TypedContext<O, X> = Omit<Context, 'emit' | 'emitAll'> &
  X & {
    emit(type: Emits<O>, record: Json<object> | object, about?: EventTarget): Promise<void>
    emitAll(type: Emits<O>, records: readonly (Json<object> | object)[]): Promise<void>
  }

type Handlers<R, X> = {
  readonly [K in keyof R]: (given: Given<R[K]>, context: TypedContext<R[K], X>) => Promise<Replied<Reply<R[K]>>>
}

/** A handler without its types: what `mount` calls. */
export interface Implementation {
  readonly operation: Operation
  /** Changes normally run in a transaction of their own; these open what they need themselves. */
  readonly ownTransaction: boolean
  /** What takes long and must not hold a connection, such as hashing: runs once before the transaction, refuses like a handler. */
  prepare?(given: Record<string, unknown>, call: Call): Promise<void>
  run(given: Record<string, unknown>, context: Context): Promise<unknown>
}

/**
 * Ties the handlers of a resource to its contract. A handler that is left out does not compile, an event that the row
 * does not declare neither. `bind` makes what the handlers need from the context: queries bound to their owner.
 */
export const implement = <R extends Readonly<Record<string, Operation>>, X extends object>(
  resource: R,
  bind: (context: Context, params: Record<string, string>) => X,
  handlers: Handlers<R, X>,
  options: {
    readonly ownTransaction?: readonly (keyof R)[]
    readonly prepare?: { readonly [K in keyof R]?: (given: Given<R[K]>, call: Call) => Promise<void> }
  } = {},
): readonly Implementation[] =>
  Object.entries(resource).map(([name, operation]) => {
    const handler = handlers[name as keyof R] as (given: unknown, context: unknown) => Promise<unknown>
    const prepare = options.prepare?.[name as keyof R] as Implementation['prepare']
    return {
      operation,
      ...(prepare && { prepare }),
      ownTransaction: options.ownTransaction?.includes(name) ?? false,
      run: (given, context) => {
        const extra = bind(context, context.call.params)
        return handler(given, Object.assign(context, extra))
      },
    }
  })
