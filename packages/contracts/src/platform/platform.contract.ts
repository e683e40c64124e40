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

/** A scope, and what holding it is good for. */
const ScopeUse = t.Object({
  name: t.String(),
  group: t.String(),
  /** Plain words, as the consent page has them. */
  text: t.String(),
  /** Who can grant it: an agency alone, or a sub-account too. */
  level: t.Enum(['agency', 'sub-account']),
  sensitive: t.Boolean(),
  operations: t.Array(
    t.Object({
      method: t.String(),
      path: t.String(),
      summary: t.String(),
      /** Classes of token that may call it. */
      callers: t.Array(t.Enum(['agency', 'sub-account'])),
      extension: t.Boolean(),
    }),
  ),
  /** Webhooks that an install hears of with it. */
  events: t.Array(t.Object({ name: t.String(), summary: t.String() })),
})

export const scopeUses = platform.resource('scopes', '/_ground/scopes', {
  list: GET('', {
    id: 'list-scopes',
    summary: 'Every scope in plain words: who can grant it, what it opens, which webhooks it lets through',
    extension: true,
    reply: t.Object({ scopes: t.Array(ScopeUse) }),
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
