import type { IncomingMessage } from 'node:http'
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
  addContentTypeParser(type: string, options: { parseAs: 'buffer'; bodyLimit?: number }, parser: (request: never, body: Buffer, done: (error: null, body: Buffer) => void) => void): unknown
  post(path: string, handler: (request: { raw: IncomingMessage; body: unknown; headers: IncomingMessage['headers'] }, reply: Answer) => Promise<unknown>): unknown
}

export interface FastifyWebhooksOptions {
  readonly receiver: WebhookReceiver
  /** Default `/webhooks`. */
  readonly path?: string
}

const headersOf = (headers: IncomingMessage['headers']) =>
  new Headers(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]])))

/** Fastify plugin: `app.register(fastifyWebhooks, { receiver })`. Bodies stay bytes inside it; the rest of the app parses as before. */
export const fastifyWebhooks = async (instance: FastifyLike, { receiver, path = '/webhooks' }: FastifyWebhooksOptions): Promise<void> => {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  instance.post(path, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const url = `http://${request.headers.host ?? 'localhost'}${request.raw.url ?? path}`
    const answer = await receiver.receive(new Request(url, { method: 'POST', headers: headersOf(request.headers), body }))
    return reply.code(answer.status).headers(Object.fromEntries(answer.headers)).send(await answer.text())
  })
}
