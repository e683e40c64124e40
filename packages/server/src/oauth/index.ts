import type { Implementation } from '../http/implement.js'
import { issuerOf } from './authorize/redirect.js'
import { consentHandlers } from './consent/consent.handlers.js'
import { grantHandlers } from './grants/grants.handlers.js'
import { metadataHandlers, metadataOf } from './metadata.handlers.js'
import type { OAuth } from './oauth.js'
import type { OAuthParts, OAuthServices } from './parts.js'
import { tokenHandlers } from './token/token.handlers.js'

export type { AuthorizeError } from './authorize/refusal.js'
export { authorizeRoutes, type ConsentPage, type RenderPage } from './authorize/routes.js'
export { createOAuth, type OAuth } from './oauth.js'
export type { Client, ClientDirectory, OAuthParts, OAuthServices } from './parts.js'

/** `oauth.*`, `consent.*` and `platform.keys.*`. */
export const oauthModule = (services: OAuthServices, parts: OAuthParts, oauth: OAuth): readonly Implementation[] => [
  ...tokenHandlers({ ...parts, issuer: oauth.issuer, revoke: oauth.revoke }),
  ...grantHandlers({ ...parts, issuer: oauth.issuer, revoke: oauth.revoke }),
  ...consentHandlers(services, parts),
  ...metadataHandlers(
    () => metadataOf(services.publicUrl, issuerOf(services) !== null),
    parts.keys,
    () => parts.keys.webhooks.map(({ id, header, algorithm, publicKeyPem }) => ({ id, header, algorithm, publicKeyPem })),
  ),
]
