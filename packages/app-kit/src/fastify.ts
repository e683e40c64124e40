import type { IncomingMessage } from 'node:http'
import { requestOf } from './node/messages.js'
import type { WebhookReceiver } from './webhooks/receiver.js'

/** What is used of a Fastify reply. */
interface Answer {
  code(status: number): Answer
  headers(values: Record<string, string>): Answer
  send(body: unknown): unknown
}

/** What is used of a Fastify (5) instance. */
export interface FastifyLike {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    options: { readonly bodyLimit?: number },
    parser: (request: unknown, payload: IncomingMessage) => Promise<unknown>,
  ): unknown
  post(path: string, handler: (request: { readonly raw: IncomingMessage }, reply: Answer) => Promise<unknown>): unknown
}

export interface FastifyWebhooksOptions {
  readonly receiver: WebhookReceiver
  /** Default `/webhooks`. */
  readonly path?: string
}

/** Fastify plugin: `app.register(fastifyWebhooks, { receiver })`. The bytes stay unread inside it; the rest of the app parses as before. */
export const fastifyWebhooks = async (
  instance: FastifyLike,
  { receiver, path = '/webhooks' }: FastifyWebhooksOptions,
): Promise<void> => {
  instance.removeAllContentTypeParsers()
  // The receiver reads the stream itself, so nothing can come between the bytes and their signature.
  instance.addContentTypeParser('*', {}, async () => undefined)
  instance.post(path, async ({ raw }, reply) => {
    const answer = await receiver.receive(requestOf(raw))
    return reply
      .code(answer.status)
      .headers(Object.fromEntries(answer.headers))
      .send(await answer.text())
  })
}
