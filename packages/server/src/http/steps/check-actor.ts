import { unauthorized } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'

/** Lets only the token classes in that the row names. Checked before scopes, as the live service does. */
export const checkActor = ({ operation, principal }: Call): void => {
  if (!principal) return
  if (!operation.actors.includes(principal.actor)) {
    throw principal.actor === 'location'
      ? unauthorized(
          "This token's user type is not yet supported!",
          'A sub-account token was used where only an agency token is admitted.',
        )
      : unauthorized(
          'This authClass type is not allowed to access this scope',
          'An agency token was used where only a sub-account token is admitted; exchange it at /oauth/locationToken.',
        )
  }
  if (operation.oauthOnly && principal.source !== 'oauth') {
    throw unauthorized(
      'This authClass type is not allowed to access this scope',
      principal.source === 'session'
        ? 'The portal asked where only an app with an OAuth token is admitted.'
        : 'A private integration token was used where only an OAuth token is admitted.',
    )
  }
}
