import type { FastifyRequest } from 'fastify'

const loopbackNames = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/** Whether a host name can only mean this machine. */
export const isLoopbackHost = (host: string) => loopbackNames.has(host.toLowerCase())

/**
 * Whether the browser thinks that it talks to this machine. A foreign site whose name was made to point at 127.0.0.1
 * (DNS rebinding) sends its own name, and must not read the demo world's secrets.
 */
export const asksLoopback = (request: Pick<FastifyRequest, 'headers'>) => {
  const url = `http://${request.headers.host ?? ''}`
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname)
}
