import { describe, expect, test } from 'vitest'
import { actOf, keepable, methodsOf, outcomeOf } from './provider-replies.rules.js'

const answer = (body: unknown, status: number | null = 200) => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  error: status === null ? 'Nothing answered at this address.' : '',
})

describe("a provider's answer", () => {
  test.each([
    [{ success: true }, 200, 'succeeded'],
    [{ failed: true }, 200, 'failed'],
    [{ success: false }, 200, 'pending'],
    [{ success: true, failed: true }, 200, 'failed'],
    [{ success: 'true' }, 200, 'pending'],
    [{ success: true }, 500, 'pending'],
    ['', 200, 'pending'],
    ['<html>', 200, 'pending'],
    [[], 200, 'pending'],
    ['null', 200, 'pending'],
    ['', null, 'pending'],
  ] as const)('%j with status %s is %s', (body, status, state) => {
    expect(outcomeOf(answer(body, status)).state).toBe(state)
  })

  test('to an act is a no where it says no, and unknown where nothing answers', () => {
    expect(actOf(answer({ success: false, message: 'No funds' }, 400))).toMatchObject({ state: 'failed', message: 'No funds' })
    expect(actOf(answer({ success: false }, 502)).state).toBe('pending')
    expect(actOf(answer('', null))).toMatchObject({ state: 'pending', message: 'Nothing answered at this address.' })
  })

  test('names its charge, at the top or in the transaction', () => {
    expect(outcomeOf(answer({ success: true, chargeId: 'c1', chargeSnapshot: { id: 'c1' } }))).toMatchObject({ chargeId: 'c1' })
    expect(outcomeOf(answer({ success: true, transaction: { chargeId: 7 } })).chargeId).toBe('7')
  })

  test('is kept only where a database takes it', () => {
    expect(keepable({ id: 'x' })).toEqual({ id: 'x' })
    for (const bad of [{ id: 'a\0b' }, { id: '\ud800' }, {}, [], 'text', null, { id: 'x'.repeat(20_000) }])
      expect(keepable(bad)).toBeUndefined()
  })

  test('lists payment methods, and leaves out what is none', () => {
    const methods = methodsOf(answer([{ id: 'pm', type: 'card', title: 'Visa', subTitle: '4242', expiry: '02/29' }, {}, 7, null]))
    expect(methods).toEqual([
      { id: 'pm', type: 'card', title: 'Visa', subTitle: '4242', expiry: '02/29', customerId: '', imageUrl: '' },
    ])
    expect(methodsOf(answer({ error: 'x' }))).toEqual([])
  })
})
