import { WireError } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'

/** 401, not 403, and before the tenant: so does the live service. */
export const checkScope = ({ operation, principal }: Call): void => {
  if (!principal || operation.scope === '' || principal.scopes.has(operation.scope)) return
  throw new WireError(
    401,
    { statusCode: 401, message: 'The token is not authorized for this scope.' },
    {
      headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${operation.scope}"` },
      why: `The token lacks ${operation.scope}; its scopes are ${[...principal.scopes].join(' ') || 'none'}.`,
    },
  )
}
