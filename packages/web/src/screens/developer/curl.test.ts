import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { exchangeCurl, quoted, requestCurl } from './curl.js'

const inShell = (word: string) => execFileSync('/bin/sh', ['-c', `printf %s ${word}`]).toString()

it.each(["it's", 'a b', '$(id)', '`id`', '"', '\\', '{"a":1}', '', '&x=1;y'])('a shell reads %j back unchanged', (text) => {
  expect(inShell(quoted(text))).toBe(text)
})

it('never fills in a secret', () => {
  const command = exchangeCurl({ origin: 'http://h', clientId: 'c', code: 'x', redirectUri: 'http://r/cb' })
  expect(command).toContain('client_secret=YOUR_CLIENT_SECRET')
  expect(command).toContain('code=x')
})

it('repeats a logged request without the headers that curl makes itself', () => {
  const command = requestCurl(
    { method: 'POST', url: '/contacts/', requestHeaders: { Host: 'h', version: '2021-07-28' }, requestBody: '{"a":1}' },
    'http://h',
  )
  expect(command).toContain('http://h/contacts/')
  expect(command).toContain('version: 2021-07-28')
  expect(command).not.toContain('Host')
})
