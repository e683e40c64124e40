import { expect, test } from 'vitest'
import { detailOf, waysOf } from './words.js'

test('a step reads as a line, and its ways on are named', () => {
  expect(detailOf({ type: 'wait', days: 2 })).toBe('days 2')
  expect(detailOf({ type: 'add_tag', id: 'a', tags: ['vip', 'boat'] })).toBe('vip, boat')
  const step = {
    type: 'if_else',
    conditions: [{ field: 'tags', operator: 'contains', value: 'vip' }],
    // biome-ignore lint/suspicious/noThenProperty: the wire's own name
    then: [{ type: 'end' }],
    else: [],
  }
  expect(detailOf(step)).toBe('tags contains vip')
  expect(waysOf(step).map(({ label, actions }) => [label, actions.length])).toEqual([
    ['Then', 1],
    ['Else', 0],
  ])
  const split = {
    type: 'split',
    paths: [
      { weight: 3, actions: [] },
      { name: 'B', actions: [{ type: 'end' }] },
    ],
  }
  expect(waysOf(split).map(({ label }) => label)).toEqual(['Path 1, weight 3', 'B'])
})
