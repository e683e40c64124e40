import { expect, test } from 'vitest'
import { shownIn, sumsIn } from './use-board.js'
import type { Hit } from './words.js'

const card = (id: string, stage: string, value = 10) => ({ id, pipelineStageId: stage, monetaryValue: value }) as unknown as Hit

test('a card on its way is shown and counted where it goes, and no longer where it was', () => {
  const [a, b] = [card('a', 'one'), card('b', 'one', 5)]
  const moving = [{ row: a, to: 'two' }]
  expect(shownIn('one', [a, b], moving).map(({ id }) => id)).toEqual(['b'])
  expect(shownIn('two', [card('c', 'two')], moving).map(({ id }) => id)).toEqual(['a', 'c'])
  expect(sumsIn('one', { totalCount: 2, totalValue: 15 }, moving)).toEqual({ totalCount: 1, totalValue: 5 })
  expect(sumsIn('two', undefined, moving)).toEqual({ totalCount: 1, totalValue: 10 })
  expect(sumsIn('three', { totalCount: 1, totalValue: 1 }, moving)).toEqual({ totalCount: 1, totalValue: 1 })
})

test('a card that is put back where it was changes nothing', () => {
  const a = card('a', 'one')
  expect(sumsIn('one', { totalCount: 1, totalValue: 10 }, [{ row: a, to: 'one' }])).toEqual({ totalCount: 1, totalValue: 10 })
})
