import { expect, it } from 'vitest'
import { fold, type Row } from './fold.js'

const row = (id: string, kind: Row['kind'], second: number, traceId: string | null): Row => ({
  id,
  kind,
  traceId,
  at: `2026-01-01T00:00:0${second}.000Z`,
  appId: null,
  companyId: null,
  locationId: null,
  title: id,
  status: null,
  outcome: 'ok',
  durationMs: null,
  why: '',
})

it('folds a trace under its cause, effects in the order they happened', () => {
  const [group] = fold([row('delivery', 'delivery', 3, 'a'), row('event', 'event', 2, 'a'), row('call', 'call', 2, 'a')])
  expect(group?.cause.id).toBe('call')
  expect(group?.effects.map((effect) => effect.id)).toEqual(['event', 'delivery'])
})

it('keeps the list newest first: a group stands where its newest row stood', () => {
  const groups = fold([row('late', 'delivery', 9, 'a'), row('middle', 'call', 5, 'b'), row('early', 'call', 1, 'a')])
  expect(groups.map(({ cause }) => cause.id)).toEqual(['early', 'middle'])
})

it('never folds rows that have no trace', () => {
  expect(fold([row('one', 'call', 2, null), row('two', 'call', 1, null)])).toHaveLength(2)
})
