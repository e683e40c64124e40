import { api, scopes } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'

export const referenceHandlers = (): readonly Implementation[] =>
  implement(api.apps.reference, () => ({}), { scopes: async () => ({ scopes: [...scopes] }) })
