import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What arrived at the stand-in for HighLevel's own host. */
export interface Arrival {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A stand-in for HighLevel's own host, which tests never call: answers as told, keeps what arrived. */
export const foreignHost = async (answer: (arrival: Arrival, arrivals: readonly Arrival[]) => Answer | Promise<Answer>) => {
  const arrivals: Arrival[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const arrival = { method, url, headers, body: await text(request) }
    arrivals.push(arrival)
    const { status = 200, headers: more = {}, body = {} } = await answer(arrival, arrivals)
    const isText = typeof body === 'string'
    response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...more })
    response.end(isText ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url, arrivals, stop, [Symbol.asyncDispose]: stop }
}
