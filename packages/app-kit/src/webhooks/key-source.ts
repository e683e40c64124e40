import type { Clock } from '../time.js'
import type { WebhookKey } from './keys.js'

/** Public keys, and once more when a signature did not fit: the sender may have changed them. */
export interface KeySource {
  get(): Promise<readonly WebhookKey[]>
  /** Fresh keys, or undefined when the known ones are recent enough to believe. */
  renewed(): Promise<readonly WebhookKey[] | undefined>
}

/** Keys are believed this long; a wrong signature asks for new ones at most once in `retryMs`. */
const believedMs = 600_000
const retryMs = 60_000

const isKey = (value: unknown): value is WebhookKey => {
  const { header, algorithm, publicKeyPem } = (value ?? {}) as Record<string, unknown>
  return (
    (header === 'x-ghl-signature' || header === 'x-wh-signature') &&
    (algorithm === 'Ed25519' || algorithm === 'RSA-SHA256') &&
    typeof publicKeyPem === 'string'
  )
}

const load = async (url: string, send: typeof fetch): Promise<readonly WebhookKey[]> => {
  const response = await send(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  const { keys } = (await response.json()) as { keys?: unknown }
  const usable = Array.isArray(keys) ? keys.filter(isKey) : []
  if (usable.length === 0) throw new Error(`${url} answered no webhook keys`)
  return usable
}

/** Keys that are known from the start, or fetched from an address such as `<server>/.well-known/webhook-keys`. */
export const keySource = (keys: string | readonly WebhookKey[], now: Clock, send: typeof fetch): KeySource => {
  if (typeof keys !== 'string') return { get: async () => keys, renewed: async () => undefined }
  let known: { readonly keys: Promise<readonly WebhookKey[]>; readonly at: number } | undefined
  const fetchNow = () => {
    const loading = load(keys, send)
    const entry = { keys: loading, at: now() }
    known = entry
    loading.catch(() => {
      if (known === entry) known = undefined
    })
    return loading
  }
  return {
    get: () => (known !== undefined && now() - known.at < believedMs ? known.keys : fetchNow()),
    renewed: async () => (known === undefined || now() - known.at >= retryMs ? fetchNow() : undefined),
  }
}
