import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { keyFor, seal, unseal } from '../sealing.js'
import type { Services } from '../services.js'
import { keysOf, type StoredKey } from './keys.sql.js'

const generate = promisify(generateKeyPair)
const signAside = promisify<string | null, Buffer, KeyObject, Buffer>(sign)

/** Signs webhook bodies under one header. */
export interface WebhookSigner {
  readonly id: string
  readonly header: 'x-ghl-signature' | 'x-wh-signature'
  readonly algorithm: 'Ed25519' | 'RSA-SHA256'
  readonly publicKeyPem: string
  /** Base64 signature over exactly these bytes; made off the event loop, since RSA takes it a millisecond of CPU. */
  sign(body: Buffer): Promise<string>
}

export interface SigningKeys {
  /** Signs new access tokens. */
  readonly access: { readonly kid: string; readonly privateKey: KeyObject }
  /** Signs refresh tokens, which nobody but this installation has to recognize. */
  readonly refresh: KeyObject
  /** Every key that may still have signed a living access token, newest first. */
  accessKeys(): readonly { readonly kid: string; readonly publicKey: KeyObject }[]
  /** `x-ghl-signature` first. */
  readonly webhooks: readonly WebhookSigner[]
}

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** Fixed names of the first pair of each kind: two processes that start at once cannot make two of them. */
const kinds = [
  { id: 'access-1', use: 'access', algorithm: 'ES256', make: (): Promise<Pair> => generate('ec', { namedCurve: 'P-256' }) },
  { id: 'ed25519-1', use: 'webhook', algorithm: 'Ed25519', make: (): Promise<Pair> => generate('ed25519') },
  { id: 'rsa-1', use: 'webhook', algorithm: 'RSA-SHA256', make: (): Promise<Pair> => generate('rsa', { modulusLength: 2048 }) },
] as const

const purposeOf = (id: string) => `signing key ${id}`

/** The first pairs of an installation, still to be written. */
export type FirstPairs = ReadonlyMap<string, Promise<Pair>>

/** Begins to make them; RSA takes 0.1 to 0.6 s, which a first start has while its database is being made. */
export const makeFirstPairs = (): FirstPairs =>
  new Map(
    kinds.map(({ id, make }) => {
      const pair = make()
      // Whoever waits for it hears of a failure; a start that ends before that must not.
      pair.catch(() => {})
      return [id, pair]
    }),
  )

const stored = async (
  kind: (typeof kinds)[number],
  secret: Buffer,
  now: Date,
  made: FirstPairs | undefined,
): Promise<StoredKey> => {
  const { publicKey, privateKey } = await (made?.get(kind.id) ?? kind.make())
  return {
    id: kind.id,
    use: kind.use,
    algorithm: kind.algorithm,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sealedPrivateKey: seal(secret, purposeOf(kind.id), privateKey.export({ type: 'pkcs8', format: 'der' })),
    dateAdded: now,
  }
}

const open = (key: StoredKey, secret: Buffer): KeyObject => {
  try {
    return createPrivateKey({ key: unseal(secret, purposeOf(key.id), key.sealedPrivateKey), type: 'pkcs8', format: 'der' })
  } catch {
    throw new Error(
      'The signing keys in this database were sealed with another secret. Start with the GROUNDLEVEL_SECRET (or the data folder’s `secret` file) that made them.',
    )
  }
}

const webhookSigner = (key: StoredKey, secret: Buffer): WebhookSigner => {
  const privateKey = open(key, secret)
  const ed25519 = key.algorithm === 'Ed25519'
  return {
    id: key.id,
    header: ed25519 ? 'x-ghl-signature' : 'x-wh-signature',
    algorithm: ed25519 ? 'Ed25519' : 'RSA-SHA256',
    publicKeyPem: key.publicKeyPem,
    sign: async (body) => (await signAside(ed25519 ? null : 'sha256', body, privateKey)).toString('base64'),
  }
}

/**
 * Reads the key pairs of this installation, making them at the first start.
 *
 * @throws Error one sentence, when the secret does not open them.
 */
export const loadSigningKeys = async (
  { db, secret, clock }: Pick<Services, 'db' | 'secret' | 'clock'>,
  firstPairs?: FirstPairs,
): Promise<SigningKeys> => {
  const keys = keysOf(db)
  let rows = await keys.all()
  const absent = kinds.filter((kind) => !rows.some((row) => row.id === kind.id))
  if (absent.length > 0) {
    await keys.add(await Promise.all(absent.map((kind) => stored(kind, secret, clock.now(), firstPairs))))
    rows = await keys.all()
  }
  const access = rows.filter((row) => row.use === 'access')
  const [newest] = access
  if (!newest) throw new Error('The database holds no key that signs access tokens, and none could be written.')
  const publicKeys = access.map((row) => ({ kid: row.id, publicKey: createPublicKey(row.publicKeyPem) }))
  const webhooks = rows.filter((row) => row.use === 'webhook').map((row) => webhookSigner(row, secret))
  return {
    access: { kid: newest.id, privateKey: open(newest, secret) },
    refresh: createSecretKey(keyFor(secret, 'refresh tokens')),
    accessKeys: () => publicKeys,
    webhooks: webhooks.sort((a, b) => a.header.localeCompare(b.header)),
  }
}
