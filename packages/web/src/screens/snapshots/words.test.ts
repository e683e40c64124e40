import { expect, test } from 'vitest'
import { changesOf, countsLine, inOrder } from './words.js'

test('what changed is said in one line, and that nothing did too', () => {
  expect(changesOf({ added: 3, removed: 0, changed: 2 })).toBe('3 added and 2 changed')
  expect(changesOf({ added: 0, removed: 0, changed: 0 })).toBe('No change')
})

test('the largest groups come first, the others are counted', () => {
  expect(countsLine({ tags: 1, forms: 9, pipelines: 4, workflows: 2 })).toBe('9 forms, 4 pipelines, 2 workflows, 1 more')
})

test('kinds stand in the order in which they are brought', () => {
  expect(inOrder(['workflows', 'pipelines', 'tags'])).toEqual(['tags', 'pipelines', 'workflows'])
})
