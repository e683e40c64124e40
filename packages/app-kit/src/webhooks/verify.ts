import { type ImportedKey, importKey, isSignedBy, type SignatureHeader, signatureBytes, type WebhookKey } from './keys.js'

/** Headers as `Request` has them, or as Node has them. */
export type HeaderSource = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** What was found. `by` names the headers that verified, in order of preference. */
export type Verification =
  | { readonly verified: true; readonly by: readonly SignatureHeader[] }
  | { readonly verified: false; readonly reason: string }

const preferred: readonly SignatureHeader[] = ['x-ghl-signature', 'x-wh-signature']

const headerOf = (headers: HeaderSource, name: string): string | undefined => {
  const isHeaders = (source: HeaderSource): source is Headers => typeof (source as Headers).get === 'function'
  const value = isHeaders(headers) ? headers.get(name) : headers[name]
  const text = (Array.isArray(value) ? value[0] : value) as string | null | undefined
  // The official samples send and read "N/A" as absent.
  return text === undefined || text === null || text === '' || text === 'N/A' ? undefined : text
}

const bytesOf = (body: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)

const anySigned = async (keys: readonly WebhookKey[], signature: string, bytes: Uint8Array<ArrayBuffer>) => {
  const given = signatureBytes(signature)
  if (given === undefined) return false
  for (const key of keys) if (await isSignedBy(await imported(key), given, bytes)) return true
  return false
}

const importedKeys = new WeakMap<WebhookKey, Promise<ImportedKey>>()

const imported = (key: WebhookKey): Promise<ImportedKey> => {
  const ready = importedKeys.get(key) ?? importKey(key)
  importedKeys.set(key, ready)
  return ready
}

/**
 * Verifies a webhook over the exact bytes that arrived. Never parse and print the body first: the bytes would differ.
 *
 * Both headers are looked at: every one that is present and that a key is given for must be right, and at least one must be.
 * `x-ghl-signature` (Ed25519) is the current one, `x-wh-signature` (RSA, PKCS #1 v1.5, SHA-256) the older (wire-contract §5.2).
 *
 * @throws TypeError when a given key is no key.
 */
export const verifyWebhook = async (
  rawBody: string | Uint8Array,
  headers: HeaderSource,
  keys: readonly WebhookKey[],
): Promise<Verification> => {
  const bytes = bytesOf(rawBody)
  const present = preferred.flatMap((header) => {
    const signature = headerOf(headers, header)
    return signature === undefined ? [] : [{ header, signature }]
  })
  if (present.length === 0) return { verified: false, reason: 'There is no signature header.' }
  const by: SignatureHeader[] = []
  for (const { header, signature } of present) {
    const fitting = keys.filter((key) => key.header === header)
    if (fitting.length === 0) continue
    if (!(await anySigned(fitting, signature, bytes)))
      return { verified: false, reason: `The signature in ${header} does not fit the body.` }
    by.push(header)
  }
  return by.length > 0
    ? { verified: true, by }
    : { verified: false, reason: `There is no key for ${present.map(({ header }) => header).join(' and ')}.` }
}
