import { forbiddenResource, unauthorized } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import type { Principal } from '../principal.js'

const wrongClass = ({ actor, source }: Principal) => {
  if (actor === 'agency')
    return unauthorized(
      'This authClass type is not allowed to access this scope',
      'An agency token was used where only a sub-account token is admitted; exchange it at /oauth/locationToken.',
    )
  const why = 'A sub-account token was used where only an agency token is admitted.'
  // Recorded of the live service; apps' tokens get the other sentence there.
  return source === 'pit' ? forbiddenResource(why) : unauthorized("This token's user type is not yet supported!", why)
}

/** Lets only the token classes in that the row names. Checked before scopes, as the live service does. */
export const checkActor = ({ operation, principal }: Call): void => {
  if (!principal) return
  if (operation.oauthOnly && principal.source !== 'oauth') {
    throw unauthorized(
      'This authClass type is not allowed to access this scope',
      principal.source === 'session'
        ? 'The portal asked where only an app with an OAuth token is admitted.'
        : 'A private integration token was used where only an OAuth token is admitted.',
    )
  }
  if (!operation.actors.includes(principal.actor)) throw wrongClass(principal)
}
