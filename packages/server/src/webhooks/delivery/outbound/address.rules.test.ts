import { describe, expect, test } from 'vitest'
import { addressRefusal, targetRefusal } from './address.rules.js'

const production = { allowLoopback: false }
const local = { allowLoopback: true }

/** Ways to write an address that must not be reached; most of them say 127.0.0.1. */
const inward = [
  'http://127.0.0.1/',
  'http://127.0.0.1./',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0x7F.0x0.0x0.0x1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://0177.1/',
  'http://127.255.255.254/',
  'http://%31%32%37.0.0.1/',
  'http://１２７.0.0.1/',
  'http://127。0。0。1/',
  'http://①②⑦.0.0.1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://0.1.2.3/',
  'http://00000.0/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[0000::0001]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:a00:1::1]/',
  'http://[2001:0:7f00:1::]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[5f00::1]/',
  'http://[100::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[ff02::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  'http://100.127.255.255/',
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.170.2/',
  'http://0xa9fea9fe/',
  'http://2852039166/',
  'http://192.0.0.1/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://app.localhost/',
  'http://metadata.google.internal/',
  'http://printer.local/',
  'http://intranet/',
  'http://router.home.arpa/',
]

test('the table has at least sixty spellings, each another', () => {
  expect(new Set(inward).size).toBe(inward.length)
  expect(inward.length).toBeGreaterThanOrEqual(60)
})

test.each(inward)('%s is refused in production', (url) => {
  expect(targetRefusal(url, production)).toEqual(expect.any(String))
})

test.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
  'data:text/plain,x',
  'example.com/hook',
  '',
  'http://',
  'https://user:secret@example.com/',
  'https://user@example.com/',
  'https://example.com:22/',
  'https://example.com:5432/',
  'https://example.com:6379/',
])('%j is no target in production', (url) => {
  expect(targetRefusal(url, production)).toEqual(expect.any(String))
})

test.each([
  'https://example.com/hook',
  'http://example.com/hook',
  'https://example.com:8443/hook',
  'https://sub.domain.example.co.uk/a?b=c',
  'https://8.8.8.8/hook',
  'https://[2606:4700:4700::1111]/hook',
  'https://bücher.example/hook',
])('%s is a target', (url) => {
  expect(targetRefusal(url, production)).toBeUndefined()
  expect(targetRefusal(url, local)).toBeUndefined()
})

describe('on a local start', () => {
  test.each(['http://127.0.0.1:4100/webhooks', 'http://localhost:4100/webhooks', 'http://[::1]:4100/', 'http://127.1:4100/'])(
    '%s is a target',
    (url) => {
      expect(targetRefusal(url, local)).toBeUndefined()
    },
  )

  test.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/',
    'http://[fd00::1]/',
    'http://0.0.0.0:4100/',
    'http://[64:ff9b::7f00:1]/',
  ])('%s is still refused', (url) => {
    expect(targetRefusal(url, local)).toEqual(expect.any(String))
  })
})

test('what is no address at all is refused', () => {
  for (const text of ['', 'localhost', '1.2.3.4.5', 'fe80::1%eth0', '::ffff:127.0.0.1'])
    expect(addressRefusal(text, production)).toEqual(expect.any(String))
})
