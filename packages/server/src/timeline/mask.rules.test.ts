import { expect, test } from 'vitest'
import { createMasking, maskBody, maskHeaders, maskText } from './mask.rules.js'

const secrets = [
  'S3cr3t-value',
  '0f'.repeat(20),
  'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  'pit-0f0f0f0f-1111-2222-3333-444444444444',
  'gls_abcdefghijklmnop',
]

test.each([
  '{"client_secret":"§"}',
  '{"clientSecret": "§"}',
  '{ "code" : "§" }',
  '{"a":{"refresh_token":"§"}}',
  '[{"access_token":"§"}]',
  '{"accessToken":"§","x":1}',
  '{"password":"§"}',
  '{"code_verifier":"§"}',
  '{"codeVerifier":"§"}',
  '{"token":"§"}',
  '{"Authorization":"§"}',
  '{"csrf":"§"}',
  '{"cookie":"§"}',
  '{"api_key":"§"}',
  '{"id_token":"§"}',
  'grant_type=x&client_secret=§&a=b',
  'code=§',
  'a=1&refresh_token=§',
  '/oauth/callback?code=§&state=1',
  '/x?access_token=§',
  '/x?token=§#y',
  '{"client_secret":"§',
  'refresh_token=§',
  '{"code":["§"]}',
  '{"code":["x","§',
  '{"client_secret":{"a":"§"}}',
  '/x?code[]=§',
  '/x?code%5B0%5D=§&a=b',
])('%s is stored without its secret', (pattern) => {
  for (const secret of secrets) {
    const text = pattern.replace('§', secret)
    expect(maskText(text)).not.toContain(secret)
    expect(maskBody(text)).not.toContain(secret)
  }
})

test.each(secrets.slice(2))('%s is recognised wherever it stands', (token) => {
  expect(maskText(`said ${token}, then`)).toBe('said ***, then')
  expect(maskText(`{"note":"${token}"}`)).toBe('{"note":"***"}')
})

test('an escaped quote inside a secret does not end it early', () => {
  expect(maskText('{"password":"a\\"tail-of-it","x":"kept"}')).toBe('{"password":"***","x":"kept"}')
})

test('what is no secret stays readable', () => {
  const body =
    '{"firstName":"Ada","email":"ada@example.com","tags":["code"],"postalCode":"62701","message":"token expired","encode":"x"}'
  expect(maskText(body)).toBe(body)
})

test('credentials in headers are masked, everything else is kept', () => {
  const headers = {
    Authorization: 'Bearer abcdefghijk',
    cookie: 'groundlevel=xyz',
    'set-cookie': ['a=b', 'c=d'],
    'x-api-key': 'k',
    version: '2021-07-28',
    accept: ['a', 'b'],
    gone: undefined,
  }
  expect(maskHeaders(headers)).toEqual({
    Authorization: '***',
    cookie: '***',
    'set-cookie': '***',
    'x-api-key': '***',
    version: '2021-07-28',
    accept: 'a, b',
  })
})

test('a body is cut at 4 kB, and a secret at the cut does not show', () => {
  const long = `{"a":"${'x'.repeat(4_060)}","client_secret":"S3cr3t-value-that-is-cut"}`
  const kept = maskBody(long) ?? ''
  expect(kept.length).toBeLessThanOrEqual(4 * 1024 + 10)
  expect(kept).not.toContain('S3cr')
})

test('calls of one batch share what is the same, and nothing else', () => {
  const mask = createMasking((headers) => JSON.stringify(headers))
  const headers = (version: string, token: string) => ({ version, authorization: `Bearer ${token}`, accept: 'a' })
  const first = mask.headers(headers('2021-07-28', 'one'))
  expect(mask.headers(headers('2021-07-28', 'two'))).toBe(first)
  expect(JSON.parse(first)).toEqual({ version: '2021-07-28', authorization: '***', accept: 'a' })
  expect(JSON.parse(mask.headers(headers('v3', 'one')))).toMatchObject({ version: 'v3' })
  expect(mask.headers({ version: 'x', cookie: 'a' })).not.toBe(mask.headers({ version: 'x' }))
  for (const _ of [1, 2]) {
    expect(mask.body('{"token":"S3cr3t-value"}')).toBe('{"token":"***"}')
    expect(mask.body('{"name":"a"}')).toBe('{"name":"a"}')
  }
})
