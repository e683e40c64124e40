import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from './http/implement.js'

/** Answers once the server is ready; before that nobody listens. */
export const healthModule = (version: string): readonly Implementation[] =>
  implement(api.platform.health, () => ({}), { get: async () => ({ status: 'ok' as const, version }) })
