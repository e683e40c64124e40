export { loadSigningKeys, type SigningKeys, type WebhookSigner } from './signing-keys.js'
