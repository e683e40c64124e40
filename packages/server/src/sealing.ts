import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

const nonceLength = 12
const tagLength = 16

const hmac = (key: string | Buffer, text: string | Buffer) => createHmac('sha256', key).update(text).digest()

/**
 * A key of its own for each purpose, so that one sealed thing never opens as another: HKDF (RFC 5869) with SHA-256, of which
 * one block is enough. `hkdfSync` gives the same bytes in four times the time, which every refresh would pay.
 */
export const keyFor = (secret: Buffer, purpose: string): Buffer => hmac(hmac('groundlevel', secret), `${purpose}\u0001`)

/** AES-256-GCM under a key derived from `secret` for this purpose: nonce, tag, cipher text. */
export const seal = (secret: Buffer, purpose: string, plain: Buffer): Buffer => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** The inverse. Throws when the secret is another or a byte has changed. */
export const unseal = (secret: Buffer, purpose: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), sealed.subarray(0, nonceLength))
  decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
}
