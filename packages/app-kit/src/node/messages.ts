import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { WebhookReceiver } from '../webhooks/receiver.js'

/** A body that a framework has already read as bytes, under either of its usual names. */
interface MaybeRead {
  readonly body?: unknown
  readonly rawBody?: unknown
}

const bytesRead = (message: IncomingMessage & MaybeRead): Buffer | string | undefined => {
  for (const candidate of [message.rawBody, message.body])
    if (Buffer.isBuffer(candidate) || typeof candidate === 'string') return candidate
  return undefined
}

const headersOf = (message: IncomingMessage) => {
  const headers = new Headers()
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '')
  return headers
}

/**
 * The web-standard request of a Node message, with the body's exact bytes.
 *
 * @param origin before the path; only matters to readers of the address. Default `http://<Host>`.
 * @throws Error when a body parser has consumed the bytes.
 */
export const requestOf = (
  message: IncomingMessage & MaybeRead,
  origin = `http://${message.headers.host ?? 'localhost'}`,
): Request => {
  const method = message.method ?? 'GET'
  const init: RequestInit = { method, headers: headersOf(message) }
  if (method === 'GET' || method === 'HEAD') return new Request(new URL(message.url ?? '/', origin), init)
  const read = bytesRead(message)
  if (read === undefined && message.readableEnded)
    throw new Error(
      'The webhook’s raw bytes are gone: a body parser read them first. Mount the webhook before express.json(), or keep rawBody.',
    )
  const body = read ?? (Readable.toWeb(message) as unknown as ReadableStream)
  // `duplex` is demanded of streams by fetch and missing in the types.
  return new Request(new URL(message.url ?? '/', origin), { ...init, body, duplex: 'half' } as RequestInit)
}

/** Sends a web-standard response as the answer. */
export const respond = async (response: Response, answer: ServerResponse): Promise<void> => {
  answer.writeHead(response.status, Object.fromEntries(response.headers))
  answer.end(Buffer.from(await response.arrayBuffer()))
}

/** The receiver as a listener of `node:http`: `createServer(nodeWebhooks(receiver))`. */
export const nodeWebhooks =
  (receiver: WebhookReceiver) =>
  async (message: IncomingMessage, answer: ServerResponse): Promise<void> =>
    respond(await receiver.receive(requestOf(message)), answer)
