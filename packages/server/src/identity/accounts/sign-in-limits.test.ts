import { describe, expect, test } from 'vitest'
import { createSignInLimits, networkOf } from './sign-in-limits.js'

const rules = { account: { tries: 3, windowMs: 60_000 }, network: { tries: 5, windowMs: 600_000 } }

const driven = () => {
  let at = 0
  const limits = createSignInLimits(rules, () => at)
  const fail = (email: string, ip = '10.0.0.1') => limits.begin(email, ip)('wrong')
  return { limits, fail, wait: (ms: number) => (at += ms) }
}

describe('sign-in limits', () => {
  test('the try after the last one is refused with the seconds to wait, whatever the case of the e-mail', () => {
    const { fail, wait } = driven()
    for (const email of ['a@x.example', 'A@x.example', 'a@X.example']) fail(email)
    wait(10_000)
    expect(() => fail('a@x.example')).toThrow(
      expect.objectContaining({ status: 429, options: { headers: { 'retry-after': '50' } } }),
    )
    wait(50_000)
    expect(() => fail('a@x.example')).not.toThrow()
  })

  test('a success clears the account, never the network', () => {
    const { limits, fail } = driven()
    fail('a@x.example')
    fail('a@x.example')
    limits.begin('a@x.example', '10.0.0.1')('right')
    fail('a@x.example')
    fail('a@x.example')
    expect(() => fail('a@x.example')).not.toThrow()
    expect(() => fail('b@x.example')).toThrow('Too many tries')
    expect(() => fail('b@x.example', '10.0.1.1')).not.toThrow()
  })

  test('tries at once are counted before any of them is decided', () => {
    const { limits } = driven()
    for (let run = 0; run < 3; run++) limits.begin('a@x.example', '10.0.0.1')
    expect(() => limits.begin('a@x.example', '10.0.0.1')).toThrow('Too many tries')
  })

  test('an e-mail that is taken counts against the network that asked, a free one does not', () => {
    const { limits, fail } = driven()
    for (let run = 0; run < 20; run++) limits.visit('10.0.0.1')('undecided')
    for (let run = 0; run < 5; run++) limits.visit('10.0.0.1')('wrong')
    expect(() => limits.visit('10.0.0.7')).toThrow('Too many tries')
    expect(() => fail('a@x.example')).toThrow('Too many tries')
    expect(() => limits.visit('10.0.1.1')).not.toThrow()
  })

  test('a try that was never looked at counts for nothing', () => {
    const { limits } = driven()
    for (let run = 0; run < 20; run++) limits.begin('a@x.example', '10.0.0.1')('undecided')
    expect(() => limits.begin('a@x.example', '10.0.0.1')).not.toThrow()
  })

  test.each([
    ['10.0.0.1', '10.0.0.254', true],
    ['10.0.0.1', '10.0.1.1', false],
    ['10.0.0.1', '::ffff:10.0.0.9', true],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ])('%s and %s: one network is %s', (one, other, same) => {
    expect(networkOf(one) === networkOf(other)).toBe(same)
  })
})
