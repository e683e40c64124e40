import type { FastifyRequest } from 'fastify'

const loopbackNames = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/** Whether a host name can only mean this machine. */
export const isLoopbackHost = (host: string) => loopbackNames.has(host.toLowerCase())

const isLoopbackAddress = (address: string) => address === '::1' || /^(::ffff:)?127\./.test(address)

/**
 * Whether somebody on this machine asks, for this machine. A foreign site whose name was made to point at 127.0.0.1 (DNS
 * rebinding) sends its own name; another machine, where HOST lets it in, comes from its own address.
 */
export const asksLoopback = ({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>) => {
  const url = `http://${headers.host ?? ''}`
  return isLoopbackAddress(socket.remoteAddress ?? '') && URL.canParse(url) && isLoopbackHost(new URL(url).hostname)
}
