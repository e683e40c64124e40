import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The bytes as they came. */
  readonly raw: Buffer
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  readonly body: any
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** What it answers from now on; 200 by default. */
  answer(how: (received: Received, response: ServerResponse) => void): void
  /** Resolves when this many requests have come in all. */
  got(count: number): Promise<readonly Received[]>
  close(): Promise<void>
}

/** A webhook receiver on a port of its own, which keeps all that comes. */
export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = []
  const waiting = new Set<{ count: number; resolve: () => void }>()
  let reply: (received: Received, response: ServerResponse) => void = (_, response) => {
    response.end('ok')
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const one = { path: request.url ?? '', headers: request.headers, raw, body: JSON.parse(raw.toString() || 'null') }
    received.push(one)
    for (const each of waiting) if (received.length >= each.count) each.resolve()
    reply(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answer: (how) => {
      reply = how
    },
    got: async (count) => {
      if (received.length < count) {
        await new Promise<void>((resolve) => {
          const done = () => {
            waiting.delete(one)
            resolve()
          }
          const one = { count, resolve: done }
          waiting.add(one)
        })
      }
      return received
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
