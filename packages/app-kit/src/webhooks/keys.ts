/** The two signature headers (wire-contract §5.2). */
export type SignatureHeader = 'x-ghl-signature' | 'x-wh-signature'

/** A public key and the header whose signatures it verifies; the same form as `GET /.well-known/webhook-keys` answers. */
export interface WebhookKey {
  /** For people; not used to choose a key. */
  readonly id?: string
  readonly header: SignatureHeader
  readonly algorithm: 'Ed25519' | 'RSA-SHA256'
  /** PEM; for Ed25519 also the 32 raw bytes as base64 or hex. */
  readonly publicKeyPem: string
}

/** A key that is ready to verify; spelled without the name that only browsers' types have. */
export type ImportedKey = Parameters<typeof crypto.subtle.verify>[1]

const bytesOfBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
}

const bytesOfHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** The bytes of a base64 signature, or undefined where it is none. */
export const signatureBytes = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return bytesOfBase64(text)
  } catch {
    return undefined
  }
}

const algorithms = { Ed25519: { name: 'Ed25519' }, 'RSA-SHA256': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } } as const

const spkiOf = (pem: string) => bytesOfBase64(pem.replace(/-----[A-Z ]+-----/g, ''))

/**
 * A key that can verify.
 *
 * @throws TypeError when the text is no public key of that algorithm.
 */
export const importKey = async ({ id, header, algorithm, publicKeyPem }: WebhookKey): Promise<ImportedKey> => {
  const text = publicKeyPem.trim().replaceAll('\\n', '\n')
  const wanted = algorithms[algorithm]
  try {
    if (text.includes('-----BEGIN')) return await crypto.subtle.importKey('spki', spkiOf(text), wanted, false, ['verify'])
    const raw = /^[0-9a-f]{64}$/i.test(text) ? bytesOfHex(text) : bytesOfBase64(text)
    return await crypto.subtle.importKey(algorithm === 'Ed25519' && raw.length === 32 ? 'raw' : 'spki', raw, wanted, false, [
      'verify',
    ])
  } catch (cause) {
    throw new TypeError(
      `Webhook key ${id ?? header}: not a public key for ${algorithm}. Give PEM, or 32 bytes in base64 or hex for Ed25519.`,
      { cause },
    )
  }
}

/** Whether a signature over these bytes is right under this key. */
export const isSignedBy = (
  key: ImportedKey,
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> => crypto.subtle.verify(key.algorithm.name, key, signature, bytes)
