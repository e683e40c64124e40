import { expect, test } from 'vitest'
import { createWrongSecrets } from './wrong-secrets.js'

test('strangers fill nobody’s timeline: sixty wrong secrets of an app an hour are told, others’ apart', () => {
  const mayTell = createWrongSecrets()
  const told = (appId: string, atMs: number, tries: number) =>
    Array.from({ length: tries }, () => mayTell(appId, atMs)).filter(Boolean).length
  expect(told('a', 0, 1000)).toBe(60)
  expect(told('b', 0, 1)).toBe(1)
  expect(told('a', 3_599_999, 1)).toBe(0)
  expect(told('a', 3_600_000, 100)).toBe(60)
})
