import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { WebhookKey } from '../webhooks/keys.js'

const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

/** Signs webhooks as the platform does, with keys of its own. */
export const sender = () => {
  const ed25519 = generateKeyPairSync('ed25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys: readonly WebhookKey[] = [
    { id: 'ed', header: 'x-ghl-signature', algorithm: 'Ed25519', publicKeyPem: pemOf(ed25519.publicKey) },
    { id: 'rsa', header: 'x-wh-signature', algorithm: 'RSA-SHA256', publicKeyPem: pemOf(rsa.publicKey) },
  ]
  const signatures = (body: string) => ({
    'x-ghl-signature': sign(null, Buffer.from(body), ed25519.privateKey).toString('base64'),
    'x-wh-signature': sign('sha256', Buffer.from(body), rsa.privateKey).toString('base64'),
  })
  const rawKey = ed25519.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return { keys, rawKey, signatures }
}

/** The text of a webhook as it leaves the platform. */
export const webhookText = (type: string, more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    type,
    locationId: 'l1',
    id: 'c1',
    tags: [],
    appId: 'abc123',
    webhookId: randomUUID(),
    timestamp: new Date().toISOString(),
    ...more,
  })
