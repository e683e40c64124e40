import { describe, expect, test } from 'vitest'
import { currencyOf, digitsOf, share, toMajor, toMinor } from './index.js'

describe('an amount', () => {
  test.each([
    [19.99, 2, 1999],
    [1.005, 2, 101],
    [123456789.005, 2, 12345678901],
    [0.1 + 0.2, 2, 30],
    [150, 0, 150],
    [150.5, 0, 151],
    [1.2345, 3, 1235],
    [1e-7, 2, 0],
    [0, 2, 0],
    [999_999_999_999.99, 2, 99_999_999_999_999],
  ])('%s with %s places is %s minor units', (amount, digits, minor) => {
    expect(toMinor(amount, digits)).toBe(minor)
  })

  test('comes back as it was sent', () => {
    for (let minor = 0; minor < 5000; minor++) expect(toMinor(toMajor(minor, 2), 2)).toBe(minor)
    expect(toMajor(1999, 2)).toBe(19.99)
  })

  test('is shared in whole units, halves up', () => {
    expect([share(1000, 1n, 3n), share(5, 1n, 2n), share(100, 825n, 10_000n)]).toEqual([333, 3, 8])
  })
})

describe('a currency', () => {
  test('has as many places as it has', () => {
    expect([digitsOf('USD'), digitsOf('JPY'), digitsOf('KWD')]).toEqual([2, 0, 3])
  })

  test('is known in any case; what is none is refused', () => {
    expect(currencyOf('usd')).toBe('USD')
    expect(() => currencyOf('XQX')).toThrow()
  })
})
