export { type ClientOptions, createClient, highLevelUrl } from './client/client.js'
export {
  ApiError,
  ConnectionError,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  type Refusal,
  ServerError,
  Unauthorized,
} from './client/errors.js'
export type { Retry } from './client/retry.js'
export type { TokenLike, TokenSource } from './client/token-source.js'
export type { Call, CallOptions, Client, Paged } from './client/types.js'
export type { AuthorizeOptions, Begun } from './oauth/authorize.js'
export type { Expected } from './oauth/callback.js'
export { CallbackError, Disconnected } from './oauth/errors.js'
export { createOAuth, type OAuth, type OAuthOptions } from './oauth/oauth.js'
export { memoryStore, type Owner, type TokenRecord, type TokenStore } from './oauth/tokens.js'
export { keepTokens } from './webhooks/keep-tokens.js'
export type { SignatureHeader, WebhookKey } from './webhooks/keys.js'
export {
  type AnyEvent,
  createWebhookReceiver,
  type Delivery,
  type Envelope,
  type Handler,
  type ReceiverOptions,
  type Refused,
  type WebhookEvent,
  type WebhookReceiver,
} from './webhooks/receiver.js'
export { type DedupeStore, memorySeen } from './webhooks/seen.js'
export { type HeaderSource, type Verification, verifyWebhook } from './webhooks/verify.js'
