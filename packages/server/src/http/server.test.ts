import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { createRateLimits } from './rate-limits.js'
import { closeServer, createServer } from './server.js'

test('a request that never ends does not keep the server from stopping', async () => {
  const app = createServer({ trustProxy: [], limits: createRateLimits('on'), operations: [], say: () => {} })
  app.post('/', async () => 'never')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const asked = once(app.server, 'request')
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
  await asked
  const cut = once(socket, 'close')
  await closeServer(app, 50)
  await cut
  expect(app.server.listening).toBe(false)
})
