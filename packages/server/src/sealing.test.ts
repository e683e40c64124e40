import { createDecipheriv, hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from './sealing.js'

const secret = Buffer.from('a secret of some length')
const plain = Buffer.from('what nobody else may read')

test('what is sealed opens with the same secret for the same purpose alone, and unchanged', () => {
  const sealed = seal(secret, 'one', plain)
  expect(unseal(secret, 'one', sealed)).toEqual(plain)
  expect(() => unseal(secret, 'other', sealed)).toThrow()
  expect(() => unseal(Buffer.from('another'), 'one', sealed)).toThrow()
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unseal(secret, 'one', changed), `byte ${at}`).toThrow()
  }
})

test('the key is the one of HKDF with SHA-256, so that what was sealed before opens', () => {
  const sealed = seal(secret, 'one', plain)
  const key = Buffer.from(hkdfSync('sha256', secret, 'groundlevel', 'one', 32))
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(12, 28))
  expect(Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])).toEqual(plain)
})
