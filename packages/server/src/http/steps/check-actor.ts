import { forbiddenResource, type Operation, unauthorized } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import type { Principal } from '../principal.js'

const needsLocation =
  'Use a token of the sub-account: POST /oauth/locationToken gives one for an agency token, with companyId and locationId.'
const needsAgency = "Use a token of the agency (authClass Company), with the agency's companyId: this one is a sub-account's."

/** Official operations answer the wire's fields alone; where only we answer, the refusal says what to send. */
const wrongClass = ({ actor, source }: Principal, { extension, oauthOnly }: Operation) => {
  const more = (hint: string) => (extension ? { hint } : {})
  if (actor === 'agency')
    return unauthorized(
      'This authClass type is not allowed to access this scope',
      'An agency token was used where only a sub-account token is admitted; exchange it at /oauth/locationToken.',
      more(needsLocation),
    )
  const why = 'A sub-account token was used where only an agency token is admitted.'
  // As recorded of the live service, where apps' tokens, and every token at /oauth, get the other sentence.
  return source === 'pit' && !oauthOnly
    ? forbiddenResource(why, more(needsAgency))
    : unauthorized("This token's user type is not yet supported!", why, more(needsAgency))
}

/** Lets only the token classes in that the row names. Checked before scopes, as the live service does. */
export const checkActor = ({ operation, principal }: Call): void => {
  if (!principal) return
  if (!operation.actors.includes(principal.actor)) throw wrongClass(principal, operation)
  if (operation.oauthOnly && principal.source !== 'oauth') {
    throw unauthorized(
      'This authClass type is not allowed to access this scope',
      principal.source === 'session'
        ? 'The portal asked where only an app with an OAuth token is admitted.'
        : 'A private integration token was used where only an OAuth token is admitted.',
    )
  }
}
