import { apiModule, GET, t } from '@groundlevel/contract-kit'

const platform = apiModule({
  name: 'platform',
  auth: 'none',
  because: 'public by its nature: it names no tenant and holds no secret',
})

/** Public verification key of one signature header. */
export const WebhookKey = t.Object({
  id: t.String(),
  header: t.Enum(['x-ghl-signature', 'x-wh-signature']),
  algorithm: t.Enum(['Ed25519', 'RSA-SHA256']),
  publicKeyPem: t.String(),
})

export const health = platform.resource('health', '/health', {
  get: GET('', {
    id: 'health',
    summary: 'The server is ready',
    reply: t.Object({ status: t.Literal('ok'), version: t.String() }),
  }),
})

export const keys = platform.resource('keys', '/.well-known', {
  webhooks: GET('/webhook-keys', {
    id: 'webhook-keys',
    summary: 'Public keys that verify webhook signatures',
    reply: t.Object({ keys: t.Array(WebhookKey) }),
  }),
  jwks: GET('/jwks.json', {
    id: 'jwks',
    summary: 'Public keys that verify access tokens (RFC 7517)',
    reply: t.Object({ keys: t.Array(t.Open()) }),
  }),
  metadata: GET('/oauth-authorization-server', {
    id: 'oauth-metadata',
    summary: 'Authorization server metadata (RFC 8414)',
    reply: t.Open(),
  }),
})
