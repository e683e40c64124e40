import { expect, test } from 'vitest'
import { asksLoopback } from './loopback.js'

const asks = (host: string | undefined, remoteAddress: string | undefined) =>
  asksLoopback({ headers: { host }, socket: { remoteAddress } } as Parameters<typeof asksLoopback>[0])

test.each([
  ['127.0.0.1:4000', '127.0.0.1'],
  ['localhost:4000', '::1'],
  ['[::1]:4000', '::ffff:127.0.0.1'],
])('%s from %s is this machine', (host, address) => {
  expect(asks(host, address)).toBe(true)
})

test.each([
  ['rebound.example:4000', '127.0.0.1'],
  ['localhost:4000', '192.168.1.7'],
  ['127.0.0.1', '::ffff:10.0.0.2'],
  ['127.0.0.1.evil.example', '127.0.0.1'],
  [undefined, '127.0.0.1'],
  ['localhost', undefined],
])('%s from %s is not', (host, address) => {
  expect(asks(host, address)).toBe(false)
})
