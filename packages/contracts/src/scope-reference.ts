import type { EventType, Operation } from '@groundlevel/contract-kit'
import { events } from './events.js'
import { allOperations } from './operations.js'
import { type Scope, scopes } from './scopes.js'

/** A scope with all that it does: what a token needs it for, and what an install hears because of it. */
export interface ScopeUse extends Scope {
  readonly operations: readonly Pick<Operation, 'method' | 'path' | 'summary' | 'extension' | 'actors'>[]
  readonly events: readonly Pick<EventType, 'type' | 'summary'>[]
}

const usesOf = (scope: Scope): ScopeUse => ({
  ...scope,
  operations: allOperations.filter((operation) => operation.auth === 'token' && operation.scope === scope.name),
  events: Object.values(events).filter((event) => event.scope === scope.name),
})

/** Every scope in the order of the picker, also those that nothing asks for yet. Read from the contracts: it cannot be out of date. */
export const scopeUses = (): readonly ScopeUse[] => scopes.map(usesOf)
