import { expect, test } from 'vitest'
import { newId } from './ids.js'

test('ids are twenty letters and figures, rise with the time, and never come twice', () => {
  const at = Date.UTC(2026, 10, 1)
  const ids = Array.from({ length: 20_000 }, (_, n) => newId(new Date(at + Math.floor(n / 100))))
  expect(ids.every((id) => /^[A-Za-z0-9]{20}$/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  const times = ids.map((id) => id.slice(0, 8))
  expect(new Set(times).size).toBe(200)
  const rank = (id: string) =>
    [...id].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.indexOf(letter))
  const ranks = times.map((time) => rank(time).reduce((sum, each) => sum * 62 + each, 0))
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
})

test('every letter is as likely as any other', () => {
  const counts = new Map<string, number>()
  for (let n = 0; n < 10_000; n++)
    for (const letter of newId(new Date(0)).slice(8)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(62)
  const expected = (10_000 * 12) / 62
  for (const [letter, count] of counts) expect(Math.abs(count - expected), letter).toBeLessThan(expected * 0.2)
})
