export { type FirstPairs, loadSigningKeys, makeFirstPairs, type SigningKeys, type WebhookSigner } from './signing-keys.js'
