import { unauthorized } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'

/** 401, not 403, and before the tenant: so does the live service. */
export const checkScope = ({ operation, principal, reply }: Call): void => {
  if (!principal || operation.scope === '' || principal.scopes.has(operation.scope)) return
  reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${operation.scope}"`)
  throw unauthorized('The token is not authorized for this scope.', `The token lacks ${operation.scope}; its scopes are ${[...principal.scopes].join(' ') || 'none'}.`)
}
