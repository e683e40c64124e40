import { describe, expect, test } from 'vitest'
import { allocate, type Line, totalsOf } from './totals.rules.js'

const line = (more: Partial<Line> = {}): Line => ({ unitMinor: 1000, qty: 1, setupMinor: 0, eligible: true, taxes: [], ...more })
const vat = (rate: number, calculation: 'exclusive' | 'inclusive' = 'exclusive') => ({
  _id: `v${rate}`,
  name: 'VAT',
  rate,
  calculation,
})

describe('totals of an order', () => {
  test('are price times quantity, with setup fees and shipping', () => {
    const totals = totalsOf([line({ qty: 3 }), line({ unitMinor: 500, setupMinor: 250, qty: 2 })], undefined, 99)
    expect(totals).toMatchObject({ subtotalMinor: 4500, discountMinor: 0, taxMinor: 0, shippingMinor: 99, amountMinor: 4599 })
  })

  test('take a percentage off the lines that the coupon is for, halves up', () => {
    const totals = totalsOf([line({ unitMinor: 1005 }), line({ eligible: false })], { type: 'percentage', value: 50 }, 0)
    expect([totals.discountMinor, totals.amountMinor]).toEqual([503, 1502])
  })

  test('never take more off than there is', () => {
    expect(totalsOf([line()], { type: 'amount', value: 5000 }, 0)).toMatchObject({ discountMinor: 1000, amountMinor: 0 })
  })

  test('tax what is left after the discount', () => {
    const totals = totalsOf([line({ unitMinor: 12_100, taxes: [vat(10)] })], { type: 'amount', value: 100 }, 0)
    expect(totals).toMatchObject({ taxMinor: 1200, amountMinor: 13_200, taxes: [{ rate: 10, amountMinor: 1200 }] })
  })

  test('name a tax that the price contains without adding it', () => {
    const totals = totalsOf([line({ unitMinor: 11_900, taxes: [vat(19, 'inclusive')] })], undefined, 0)
    expect(totals).toMatchObject({ taxMinor: 0, amountMinor: 11_900, taxes: [{ amountMinor: 1900 }] })
  })

  test('add the same tax of several lines up', () => {
    const { taxes } = totalsOf([line({ taxes: [vat(8.25)] }), line({ taxes: [vat(8.25)] })], undefined, 0)
    expect(taxes).toEqual([{ ...vat(8.25), amountMinor: 166 }])
  })

  test('add up to the last minor unit, whatever the numbers', () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 500; round++) {
      const lines = Array.from({ length: 1 + random(6) }, () =>
        line({ unitMinor: random(100_000), qty: 1 + random(9), eligible: random(3) > 0, taxes: [vat(random(2500) / 100)] }),
      )
      const totals = totalsOf(lines, { type: 'percentage', value: random(101) }, random(1000))
      const { subtotalMinor, discountMinor, taxMinor, shippingMinor, amountMinor } = totals
      expect(amountMinor).toBe(subtotalMinor - discountMinor + taxMinor + shippingMinor)
      expect(amountMinor).toBeGreaterThanOrEqual(0)
    }
  })

  test('refuse what could not be counted exactly', () => {
    expect(() => totalsOf([line({ unitMinor: 1e15, qty: 2 })], undefined, 0)).toThrow('worth more')
  })
})

test('an amount is shared without a rest', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(allocate(5, [0, 10])).toEqual([0, 5])
  expect(allocate(5, [0, 0])).toEqual([0, 0])
})
