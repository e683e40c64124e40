import type { Static } from '@groundlevel/contract-kit'
import { platform as api, scopes } from '@groundlevel/contracts'
import { implement } from '../http/implement.js'
import type { SigningKeys } from '../keys/index.js'

type WebhookKeys = Static<typeof api.keys.webhooks.reply>['keys']

const jwk = ({ kid, publicKey }: ReturnType<SigningKeys['accessKeys']>[number]) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'ES256',
})

const clientMethods = ['client_secret_post', 'client_secret_basic']

/** What HighLevel has not. */
const beyond = (issuer: string) => ({
  revocation_endpoint: `${issuer}/oauth/revoke`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  revocation_endpoint_auth_methods_supported: clientMethods,
  introspection_endpoint_auth_methods_supported: clientMethods,
})

/** RFC 8414 §2: only what works. `extensions`: answers have `iss` (RFC 9207), tokens can be looked into and revoked. */
export const metadataOf = (issuer: string, extensions: boolean) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/chooselocation`,
  token_endpoint: `${issuer}/oauth/token`,
  ...(extensions ? beyond(issuer) : {}),
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: clientMethods,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: extensions,
  scopes_supported: scopes.map((scope) => scope.name),
})

const cacheable = { 'cache-control': 'public, max-age=300' } as const

/** What other programs read to verify what we sign. */
export const metadataHandlers = (
  metadata: () => ReturnType<typeof metadataOf>,
  keys: SigningKeys,
  webhookKeys: () => WebhookKeys,
) =>
  implement(api.keys, () => ({}), {
    webhooks: async (_given, { call }) => {
      call.reply.headers(cacheable)
      return { keys: webhookKeys() }
    },
    jwks: async (_given, { call }) => {
      call.reply.headers(cacheable)
      return { keys: keys.accessKeys().map(jwk) }
    },
    metadata: async (_given, { call }) => {
      call.reply.headers(cacheable)
      return metadata()
    },
  })
