import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../../../testing/receiver.js'
import { selfSigned } from '../../../testing/self-signed.js'
import type { Resolve } from './connect.js'
import { createOutbound, type Outbound, type OutboundOptions } from './send.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const outbound = (options: Partial<OutboundOptions> = {}): Outbound => {
  const made = createOutbound({ allowLoopback: true, deadlineMs: 2_000, ...options })
  closing.push(made.close)
  return made
}
const receiver = async (): Promise<Receiver> => {
  const started = await startReceiver()
  closing.push(started.close)
  return started
}
/** A server that speaks bytes, not HTTP. */
const rawServer = async (talk: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
const body = Buffer.from('{"type":"ContactCreate"}')
const post = (from: Outbound, url: string) => from.post(url, { 'content-type': 'application/json' }, body)
const resolvesTo =
  (...addresses: string[]): Resolve =>
  (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test.each([200, 201, 202, 204])('%d is a success', async (status) => {
  const target = await receiver()
  target.answer((_one, response) => response.writeHead(status).end())
  expect(await post(outbound(), target.url)).toMatchObject({ status, errorClass: '', error: '' })
})

test.each([301, 302, 307, 308])('%d is not followed', async (status) => {
  const [target, elsewhere] = [await receiver(), await receiver()]
  target.answer((_one, response) => response.writeHead(status, { location: elsewhere.url }).end())
  expect(await post(outbound(), target.url)).toMatchObject({
    status,
    errorClass: 'redirect',
    error: expect.stringContaining('change the webhook URL'),
  })
  expect(elsewhere.received).toEqual([])
})

test.each([400, 401, 404, 410, 429, 500, 503])('%d is a failure by its status', async (status) => {
  const target = await receiver()
  target.answer((_one, response) => response.writeHead(status, { 'retry-after': '9' }).end('why'))
  expect(await post(outbound(), target.url)).toMatchObject({
    status,
    errorClass: 'status',
    body: 'why',
    headers: { 'retry-after': '9' },
  })
})

test('a port on which nothing listens is refused', async () => {
  const target = await startReceiver()
  await target.close()
  expect(await post(outbound(), target.url)).toMatchObject({ status: null, errorClass: 'refused' })
})

test('a name that does not exist is a failure of DNS', async () => {
  const unknown: Resolve = (_host, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
  expect(await post(outbound({ resolve: unknown }), 'http://nowhere.example/')).toMatchObject({ errorClass: 'dns' })
})

test('a connection that is cut in mid-answer is a reset', async () => {
  const url = await rawServer((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
  )
  expect(await post(outbound(), url)).toMatchObject({ errorClass: 'reset' })
})

test('a certificate that nobody signed is refused', async () => {
  const server = createTlsServer(selfSigned, (_request, response) => void response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  expect(await post(outbound(), `https://127.0.0.1:${(server.address() as AddressInfo).port}/`)).toMatchObject({
    errorClass: 'tls',
  })
})

test('no headers within the deadline is a timeout', async () => {
  const url = await rawServer(() => {})
  const answer = await post(outbound({ deadlineMs: 300 }), url)
  expect(answer).toMatchObject({ status: null, errorClass: 'timeout' })
  expect(answer?.durationMs).toBeLessThan(1_500)
})

test('a body that drips on beyond the deadline is a timeout, however alive it looks', async () => {
  const url = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
    const drip = setInterval(() => socket.write('.'), 30)
    socket.on('close', () => clearInterval(drip))
  })
  const answer = await post(outbound({ deadlineMs: 400 }), url)
  expect(answer).toMatchObject({ errorClass: 'timeout' })
  expect(answer?.durationMs).toBeLessThan(1_600)
})

test('an endless answer is cut, kept to 16 KB, and a success all the same', async () => {
  const url = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n')
    const pour = () => {
      while (!socket.destroyed && socket.write('x'.repeat(16_384)));
    }
    socket.on('drain', pour)
    pour()
  })
  const answer = await post(outbound(), url)
  expect(answer).toMatchObject({ status: 200, errorClass: '' })
  expect(answer?.body?.length).toBe(16 * 1024 + 1)
})

test('headers beyond 16 KB are too large', async () => {
  const url = await rawServer((socket) =>
    socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\n${'x-long: '.padEnd(20_000, 'y')}\r\n\r\n`)),
  )
  expect(await post(outbound(), url)).toMatchObject({ errorClass: 'too-large' })
})

test('an answer that is no text is named, not kept', async () => {
  const target = await receiver()
  target.answer((_one, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(10)))
  expect((await post(outbound(), target.url))?.body).toBe('(10 bytes of image/png)')
})

test('a name with one public and one inner address is blocked before a socket is opened', async () => {
  const target = await receiver()
  const { port } = new URL(target.url)
  const answer = await post(
    outbound({ allowLoopback: true, resolve: resolvesTo('127.0.0.1', '10.0.0.1') }),
    `http://two.example:${port}/`,
  )
  expect(answer).toMatchObject({ errorClass: 'blocked', error: expect.stringContaining('10.0.0.1') })
  expect(target.received).toEqual([])
})

test('a name that turns inward between two deliveries is blocked at the second', async () => {
  const target = await receiver()
  target.answer((_one, response) => response.writeHead(200, { connection: 'close' }).end())
  let asked = 0
  const flipping: Resolve = (host, options, done) =>
    (asked++ === 0 ? resolvesTo('127.0.0.1') : resolvesTo('192.168.1.1'))(host, options, done)
  const from = outbound({ resolve: flipping })
  const url = `http://flip.example:${new URL(target.url).port}/`
  expect(await post(from, url)).toMatchObject({ errorClass: '' })
  expect(await post(from, url)).toMatchObject({ errorClass: 'blocked' })
})

test.each([
  'http://127.0.0.1',
  'http://2130706433',
  'http://0x7f.1',
  'http://[::1]',
  'http://[::ffff:127.0.0.1]',
  'http://localhost',
])('%s with a listening port is not reached in production', async (host) => {
  const target = await receiver()
  const answer = await post(outbound({ allowLoopback: false }), `${host}:${new URL(target.url).port}/`)
  expect(answer).toMatchObject({ errorClass: 'blocked' })
  expect(target.received).toEqual([])
})

test('a public-looking name that leads to loopback is blocked in production', async () => {
  const from = outbound({ allowLoopback: false, resolve: resolvesTo('127.0.0.1') })
  expect(await post(from, 'http://innocent.example/')).toMatchObject({ errorClass: 'blocked' })
})

test('abort cuts what is in flight and makes no answer of it', async () => {
  const url = await rawServer(() => {})
  const from = outbound({ deadlineMs: 10_000 })
  const answer = post(from, url)
  from.abort()
  expect(await answer).toBeUndefined()
})
