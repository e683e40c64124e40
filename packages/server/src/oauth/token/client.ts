import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { liveClient } from '../clients.js'
import { digestOf, sameDigest } from '../digests.js'
import { oauthError } from '../oauth-error.js'
import type { Client, ClientDirectory } from '../parts.js'

/** What a request says of its client. */
interface Presented {
  readonly id: string | undefined
  readonly secret: string | undefined
  /** By `Authorization: Basic`, so that a refusal names the scheme. */
  readonly basic: boolean
}

interface TokenBody {
  readonly client_id?: string
  readonly client_secret?: string
}

/** Compared against where there is no client, so that its absence takes as long as a wrong secret. */
const nobody = randomBytes(32)

const formDecoded = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw oauthError('invalid_request', 'The Authorization header is not form-encoded (RFC 6749, 2.3.1).')
  }
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

const fromHeader = (encoded: string): Presented => {
  const text = base64.test(encoded) ? Buffer.from(encoded, 'base64').toString() : ''
  const colon = text.indexOf(':')
  if (colon < 1)
    throw oauthError('invalid_request', 'The Authorization header is not Basic authentication with an id and a secret.')
  return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)), basic: true }
}

/** Anything but Basic is ignored: the official client sends a Bearer token along (wire-contract §1.3). */
const presentedBy = ({ headers }: FastifyRequest, body: TokenBody): Presented => {
  const basic = /^basic +(.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim()
  if (basic === undefined) return { id: body.client_id || undefined, secret: body.client_secret || undefined, basic: false }
  const presented = fromHeader(basic)
  if (body.client_secret)
    throw oauthError('invalid_request', 'The client authenticates in two ways at once: by header and by client_secret.')
  if (body.client_id && body.client_id !== presented.id)
    throw oauthError('invalid_request', 'client_id differs from the one in the Authorization header.')
  return presented
}

export interface ClientRequest {
  readonly request: FastifyRequest
  readonly body: TokenBody
  readonly now: Date
  /** A secret was wrong; of whom else an app may learn that. */
  wrongSecret?(appId: string): void
}

/** @throws WireError 401 `invalid_client`, the same for an unknown client and a wrong secret; 400 for a malformed attempt. */
export const authenticateClient = async (
  apps: ClientDirectory,
  { request, body, now, wrongSecret }: ClientRequest,
): Promise<Client> => {
  const { id, secret, basic } = presentedBy(request, body)
  if (id === undefined) throw oauthError('invalid_request', 'client_id is missing.', { basic })
  const client = await liveClient(apps, id, now)
  const genuine = sameDigest(digestOf(secret ?? ''), client?.key.secretHash ?? nobody)
  if (client && genuine) {
    apps.keyUsed(client.key.id, now)
    return client
  }
  if (client) wrongSecret?.(client.app.id)
  const why = client ? 'The client secret is wrong.' : `No app has a client key ${id} that is still valid.`
  throw oauthError('invalid_client', 'Client authentication failed.', { basic, why })
}
