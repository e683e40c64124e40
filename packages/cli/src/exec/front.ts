import { createServer as createProxy, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTls } from 'node:tls'
import { makeCertificates } from './certificates.js'

/** HighLevel's hosts that a program calls by itself: API, consent and the old API. */
export const highLevelHosts: readonly string[] = [
  'services.leadconnectorhq.com',
  'marketplace.gohighlevel.com',
  'marketplace.leadconnectorhq.com',
  'backend.leadconnectorhq.com',
  'rest.gohighlevel.com',
  'services.msgsndr.com',
]

/** Answers for HighLevel's hosts on this machine. */
export interface Front {
  /** Speaks TLS with a certificate for each of the hosts. */
  readonly tlsPort: number
  /** A proxy for programs that are told of one: HighLevel's hosts end here, all others where they should. */
  readonly proxyUrl: string
  /** What signed the certificate, in PEM. */
  readonly authority: string
  close(): Promise<void>
}

const join = (one: Duplex, other: Duplex) => {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
}

/** Where the front speaks TLS, unless another place is asked for. */
const anywhere = { address: '127.0.0.1', port: 0 }

const isOurs = (host: string) => highLevelHosts.includes(host.toLowerCase())

/** Where a request for a whole address goes; undefined for what is none of the web. */
const targetOf = (url: string, server: URL): URL | undefined => {
  const wanted = URL.canParse(url) ? new URL(url) : undefined
  if (!wanted || !/^https?:$/.test(wanted.protocol)) return undefined
  // Clients send these as a header; as Node reads them, some that are no UTF-8 would be thrown at us.
  wanted.username = ''
  wanted.password = ''
  if (!isOurs(wanted.hostname)) return wanted
  const target = new URL(server)
  // Not put together as a text: a path that begins with two slashes would name another host, which would get the token.
  target.pathname = wanted.pathname
  target.search = wanted.search
  return target
}

/** Some clients ask a proxy for a whole https address instead of a tunnel. */
const passOn = (server: URL) => (request: IncomingMessage, response: ServerResponse) => {
  const { url = '', method } = request
  const target = targetOf(url, server)
  if (!target) {
    response.writeHead(400).end('This is a proxy: ask it for a whole address, http or https.\n')
    return
  }
  const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  const onward = send(target, { method, headers: { ...headers, host: target.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(response)
  })
  onward.on('error', (error) => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end(`${target.host} does not answer: ${error.message}\n`)
  })
  request.pipe(onward)
}

const tunnel = (tlsPort: () => number) => (request: IncomingMessage, client: Duplex, head: Buffer) => {
  const [, host = '', port = '443'] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(request.url ?? '') ?? []
  if (Number(port) > 65_535) return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  const target = isOurs(host) ? connect(tlsPort(), '127.0.0.1') : connect(Number(port), host)
  client.on('error', () => target.destroy())
  target.on('error', () => client.destroy())
  target.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) target.write(head)
    join(client, target)
  })
}

const listening = (server: Server, { address, port } = anywhere) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port))
  })

/** Opens the front of the server at that address, which speaks plain HTTP. Listens on this machine alone. */
export const openFront = async (serverUrl: string, place = anywhere): Promise<Front> => {
  const server = new URL(serverUrl)
  const { authority, certificate, key } = makeCertificates(highLevelHosts)
  const sockets = new Set<Socket>()
  const tls = createTls({ key, cert: certificate }, (socket) =>
    join(socket, connect(Number(server.port || 80), server.hostname.replace(/^\[|\]$/g, ''))),
  )
  const proxy = createProxy(passOn(server))
  const tlsPort = await listening(tls, place)
  proxy.on(
    'connect',
    tunnel(() => tlsPort),
  )
  const proxyPort = await listening(proxy)
  for (const each of [tls, proxy])
    each.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
  return {
    tlsPort,
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    authority,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([tls, proxy].map((each) => new Promise((resolve) => each.close(resolve))))
    },
  }
}
