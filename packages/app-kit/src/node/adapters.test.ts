import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { expressWebhooks } from '../express.js'
import { fastifyWebhooks } from '../fastify.js'
import { sender, webhookText } from '../testing/sender.js'
import { createWebhookReceiver } from '../webhooks/receiver.js'
import { nodeWebhooks } from './messages.js'

const { keys, signatures } = sender()

// Blanks and an escape that no serialiser would print again: only the raw bytes verify.
const oddBody = () => webhookText('ContactCreate').replace('{', '{ ').replace('"c1"', '"c\\u0031"')

const receiving = () => {
  const types: string[] = []
  return { types, receiver: createWebhookReceiver({ keys }).onAny(({ type, id }) => void types.push(`${type} ${id}`)) }
}

const serve = async (listener: (request: IncomingMessage, response: ServerResponse) => unknown) => {
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const post = (url: string, body: string, headers: Record<string, string> = signatures(body)) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

describe('node:http', () => {
  it('verifies the raw bytes', async () => {
    const { receiver, types } = receiving()
    await using server = await serve(nodeWebhooks(receiver))
    expect((await post(server.url, oddBody())).status).toBe(200)
    expect((await post(server.url, oddBody(), {})).status).toBe(401)
    expect(types).toEqual(['ContactCreate c1'])
  })
})

describe('Express', () => {
  const next = (response: ServerResponse) => (error?: unknown) => response.writeHead(599).end(String(error))

  it('verifies the raw bytes of an unread body, and of one that express.raw() has read', async () => {
    const { receiver, types } = receiving()
    await using unread = await serve((request, response) => expressWebhooks(receiver)(request, response, next(response)))
    await using read = await serve(async (request, response) => {
      const parsed = Object.assign(request, { body: await buffer(request) })
      expressWebhooks(receiver)(parsed, response, next(response))
    })
    expect((await post(unread.url, oddBody())).status).toBe(200)
    expect((await post(read.url, oddBody())).status).toBe(200)
    expect(types).toHaveLength(2)
  })

  it('tells the error handler when a JSON parser was first, instead of guessing the bytes', async () => {
    const { receiver, types } = receiving()
    await using server = await serve(async (request, response) => {
      const parsed = Object.assign(request, { body: JSON.parse((await buffer(request)).toString()) })
      expressWebhooks(receiver)(parsed, response, next(response))
    })
    const answer = await post(server.url, oddBody())
    expect([answer.status, await answer.text()]).toEqual([599, expect.stringContaining('before express.json()')])
    expect(types).toEqual([])
  })
})

describe('Fastify', () => {
  const built = async () => {
    const { receiver, types } = receiving()
    const app = Fastify()
    await app.register(fastifyWebhooks, { receiver, path: '/hooks' })
    app.post('/echo', async ({ body }) => ({ body }))
    await app.ready()
    return { app, types }
  }

  it('verifies the raw bytes and leaves the rest of the app its parsed bodies', async () => {
    const { app, types } = await built()
    const payload = oddBody()
    const taken = await app.inject({
      method: 'POST',
      url: '/hooks',
      payload,
      headers: { 'content-type': 'application/json', ...signatures(payload) },
    })
    expect([taken.statusCode, taken.json()]).toEqual([200, { received: true }])
    const echoed = await app.inject({ method: 'POST', url: '/echo', payload: { a: 1 } })
    expect(echoed.json()).toEqual({ body: { a: 1 } })
    expect(types).toEqual(['ContactCreate c1'])
    await app.close()
  })

  it('refuses a body without a signature, and none at all', async () => {
    const { app, types } = await built()
    expect(
      (await app.inject({ method: 'POST', url: '/hooks', payload: oddBody(), headers: { 'content-type': 'application/json' } }))
        .statusCode,
    ).toBe(401)
    expect((await app.inject({ method: 'POST', url: '/hooks' })).statusCode).toBe(401)
    expect(types).toEqual([])
    await app.close()
  })
})

it('refuses a header that is sent twice with different values', async () => {
  const { receiver } = receiving()
  await using server = await serve(nodeWebhooks(receiver))
  const body = oddBody()
  const right = signatures(body)['x-ghl-signature']
  const status = await new Promise((resolve) => {
    const sent = httpRequest(server.url, { method: 'POST', headers: { 'x-ghl-signature': [right, 'AAAA'] } }, (answer) =>
      resolve(answer.statusCode),
    )
    sent.end(body)
  })
  expect(status).toBe(401)
})
