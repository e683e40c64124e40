import { describe, expect, it } from 'vitest'
import { lengthMs } from './clock.js'

describe('a length of time', () => {
  it.each([
    ['90m', 5_400_000],
    ['2d', 172_800_000],
    ['1w2d3h4m5s', 788_645_000],
  ])('%s is read', (text, ms) => {
    expect(lengthMs(text)).toBe(ms)
  })

  it.each(['', '2', 'd', '2 d', '2dx', '0d', '-1d', '1.5h'])('“%s” is none', (text) => {
    expect(() => lengthMs(text)).toThrow('use a length such as')
  })
})
