import { api, scopeUses } from '@groundlevel/contracts'
import { type Implementation, implement } from './http/implement.js'

const levelOf = (actor: string) => (actor === 'agency' ? ('agency' as const) : ('sub-account' as const))

const scopeReference = () =>
  scopeUses().map(({ agencyOnly, operations, events, ...scope }) => ({
    ...scope,
    level: levelOf(agencyOnly ? 'agency' : 'location'),
    operations: operations.map(({ method, path, summary, actors, extension }) => ({
      method,
      path: path.replace(/:(\w+)/g, '{$1}'),
      summary,
      callers: actors.map(levelOf),
      extension,
    })),
    events: events.map(({ type, summary }) => ({ name: type, summary })),
  }))

/** Which scope is good for what, as the contracts have it. */
export const scopesModule = (): readonly Implementation[] =>
  implement(api.platform.scopeUses, () => ({}), { list: async () => ({ scopes: scopeReference() }) })

/** Answers once the server is ready; before that nobody listens. */
export const healthModule = (version: string): readonly Implementation[] =>
  implement(api.platform.health, () => ({}), { get: async () => ({ status: 'ok' as const, version }) })
