import { describe, expect, it } from 'vitest'
import { sender } from '../testing/sender.js'
import { verifyWebhook } from './verify.js'

const { keys, rawKey, signatures } = sender()
const body = '{"type":"ContactCreate","name":"Zoë ✓"}'
const both = signatures(body)
const [ed, rsa] = keys as [(typeof keys)[0], (typeof keys)[0]]

describe('a webhook verifies', () => {
  it.each([
    ['both headers', both, keys, ['x-ghl-signature', 'x-wh-signature']],
    ['Ed25519 alone', { 'x-ghl-signature': both['x-ghl-signature'] }, keys, ['x-ghl-signature']],
    ['RSA alone', { 'x-wh-signature': both['x-wh-signature'] }, keys, ['x-wh-signature']],
    ['RSA with N/A in the other', { ...both, 'x-ghl-signature': 'N/A' }, keys, ['x-wh-signature']],
    ['both headers where only one key is known', both, [ed], ['x-ghl-signature']],
    ['a second key of the same header', both, [sender().keys[0] as typeof ed, ed], ['x-ghl-signature']],
    ['the key as 32 bytes in base64', both, [{ ...ed, publicKeyPem: rawKey.toString('base64') }], ['x-ghl-signature']],
    ['the key as 32 bytes in hex', both, [{ ...ed, publicKeyPem: rawKey.toString('hex') }], ['x-ghl-signature']],
    [
      'a PEM whose line ends came through the environment',
      both,
      [{ ...rsa, publicKeyPem: rsa.publicKeyPem.replaceAll('\n', '\\n') }],
      ['x-wh-signature'],
    ],
  ])('with %s', async (_, headers, known, by) => {
    expect(await verifyWebhook(body, headers, known)).toEqual({ verified: true, by })
    expect(await verifyWebhook(Buffer.from(body), new Headers(headers), known)).toEqual({ verified: true, by })
  })
})

describe('a webhook is refused', () => {
  const other = sender().signatures(body)
  it.each([
    ['without a header', {}, keys],
    ['with N/A in both', { 'x-ghl-signature': 'N/A', 'x-wh-signature': 'N/A' }, keys],
    ['with a foreign signature', other, keys],
    ['when one of two signatures is foreign', { ...both, 'x-wh-signature': other['x-wh-signature'] }, keys],
    ['when the other of two is foreign', { ...both, 'x-ghl-signature': other['x-ghl-signature'] }, keys],
    ['with text that is no base64', { 'x-ghl-signature': '***' }, keys],
    ['with an empty signature of the right form', { 'x-ghl-signature': 'AAAA' }, keys],
    ['without a key', both, []],
    ['when the signature stands in the other header', { 'x-wh-signature': both['x-ghl-signature'] }, keys],
  ])('%s', async (_, headers, known) => {
    expect(await verifyWebhook(body, headers, known)).toMatchObject({ verified: false })
  })

  it.each([
    ['one byte more', `${body} `],
    ['printed anew', JSON.stringify(JSON.parse(body), null, 1)],
    ['one letter changed', body.replace('Zoë', 'Zoe')],
  ])('when the body is %s', async (_, changed) => {
    expect(await verifyWebhook(changed, both, keys)).toMatchObject({ verified: false })
  })
})

it('says which key is none', async () => {
  await expect(verifyWebhook(body, both, [{ ...ed, id: 'mine', publicKeyPem: 'nonsense' }])).rejects.toThrow(
    /Webhook key mine: not a public key for Ed25519/,
  )
})
