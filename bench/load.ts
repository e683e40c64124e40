import { connect, type Socket } from 'node:net'

/** One request as bytes, and what to do with its reply. */
export interface Shot {
  readonly text: string
  /** Hears the body of a reply, for requests that depend on the one before. */
  readonly heard?: (body: string) => void
}

/** Makes the next request of a connection. */
export type Shooter = (connection: number) => Shot

export interface Load {
  readonly perSecond: number
  readonly requests: number
  /** Replies outside 200–299: a fast refusal is no result. */
  readonly refused: number
  readonly firstRefusal: string
}

interface Reply {
  readonly status: number
  readonly body: Buffer
}

const headEnd = Buffer.from('\r\n\r\n')

const unchunked = (body: Buffer): Buffer | undefined => {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16)
    if (size === 0) return Buffer.concat(parts)
    if (body.length < lineEnd + size + 4) return undefined
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + size + 4
  }
}

/** A whole reply, or nothing yet. There is never more than one on its way on a connection. */
const parse = (received: Buffer): Reply | undefined => {
  const end = received.indexOf(headEnd)
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end).toLowerCase()
  const rest = received.subarray(end + 4)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  if (length !== undefined) return rest.length < Number(length) ? undefined : { status, body: rest.subarray(0, Number(length)) }
  if (!head.includes('transfer-encoding: chunked')) return { status, body: rest }
  const body = unchunked(rest)
  return body && { status, body }
}

/** A connection that waits for each reply before it asks again. Bare sockets: the generator must cost less than what it measures. */
const drive = (socket: Socket, connection: number, shoot: Shooter, until: number, told: (reply: Reply) => void) =>
  new Promise<void>((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    let shot = shoot(connection)
    const hear = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const reply = parse(received)
      if (!reply) return
      received = Buffer.alloc(0)
      told(reply)
      shot.heard?.(reply.body.toString())
      if (performance.now() >= until) {
        socket.off('data', hear)
        return resolve()
      }
      shot = shoot(connection)
      socket.write(shot.text)
    }
    socket.on('data', hear)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the server closed a connection in the middle of the bench')))
    socket.write(shot.text)
  })

const open = (url: URL) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => resolve(socket))
    socket.setNoDelay(true)
    socket.once('error', reject)
  })

/** Sends requests over a fixed number of connections for some time. */
export const load = async (url: string, shoot: Shooter, connections: number, seconds: number): Promise<Load> => {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(new URL(url))))
  const began = performance.now()
  let [requests, refused, firstRefusal] = [0, 0, '']
  const told = ({ status, body }: Reply) => {
    requests += 1
    if (status >= 200 && status < 300) return
    refused += 1
    firstRefusal ||= `${status} ${body.toString().slice(0, 200)}`
  }
  await Promise.all(sockets.map((socket, at) => drive(socket, at, shoot, began + seconds * 1000, told)))
  const took = (performance.now() - began) / 1000
  for (const socket of sockets) socket.removeAllListeners('close').destroy()
  return { perSecond: requests / took, requests, refused, firstRefusal }
}

/** A request as bytes. */
export const request = (
  method: string,
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string => {
  const lines = Object.entries({ host: new URL(url).host, accept: 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n${length}\r\n${body}`
}
