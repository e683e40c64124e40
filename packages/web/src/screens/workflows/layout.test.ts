import { expect, test } from 'vitest'
import { boxTowards } from './canvas-keys.js'
import { type Box, layOut } from './layout.js'

const drawing = layOut({
  triggers: [{ id: 't', type: 'contact_created' }],
  actions: [
    { id: 'a', type: 'wait', days: 1 },
    {
      id: 'f',
      type: 'if_else',
      conditions: [],
      // biome-ignore lint/suspicious/noThenProperty: the wire's own name
      then: [{ id: 's', type: 'split', paths: [{ actions: [{ id: 'x', type: 'end' }] }, { actions: [] }] }],
      else: [{ id: 'g', type: 'go_to', actionId: 'a' }],
    },
    { id: 'z', type: 'end' },
  ],
})
const box = (id: string): Box => {
  const found = drawing.boxes.find((each) => each.id === id)
  if (!found) throw new Error(`no box ${id}`)
  return found
}

test('nothing that is drawn lies over something else, and all of it inside the drawing', () => {
  const { boxes, width, height } = drawing
  for (const one of boxes) {
    expect(one.middle - one.width / 2).toBeGreaterThanOrEqual(0)
    expect(one.middle + one.width / 2).toBeLessThanOrEqual(width)
    expect(one.top + one.height).toBeLessThanOrEqual(height)
    for (const other of boxes) {
      const beside = Math.abs(one.middle - other.middle) >= (one.width + other.width) / 2
      const below = one.top + one.height <= other.top || other.top + other.height <= one.top
      expect(one === other || beside || below, `${one.id} and ${other.id}`).toBe(true)
    }
  }
})

test('between any two steps, and in every way, there is one place for another', () => {
  const spots = drawing.lines.flatMap(({ spot }) => (spot ? [`${spot.list.join('.')} ${spot.at}`] : []))
  expect(spots).toHaveLength(new Set(spots).size)
  expect(spots.sort()).toEqual(
    [
      'actions 0',
      'actions 1',
      'actions 2',
      'actions 3',
      'actions.1.else 0',
      'actions.1.else 1',
      'actions.1.then 0',
      'actions.1.then 1',
      'actions.1.then.0.paths.0.actions 0',
      'actions.1.then.0.paths.0.actions 1',
      'actions.1.then.0.paths.1.actions 0',
    ].sort(),
  )
})

test('lines behind a step that ends or goes elsewhere are dead; where it goes is drawn', () => {
  expect(drawing.lines.find(({ from, spot }) => from === 'x' && spot)?.dead).toBe(true)
  expect(drawing.lines.find(({ from, jump }) => from === 'g' && jump)?.to).toBe('a')
})

test('arrows walk along the lines and between the ways', () => {
  expect(boxTowards(drawing, box('t'), 'ArrowDown')?.id).toBe('a')
  expect(boxTowards(drawing, box('a'), 'ArrowUp')?.id).toBe('t')
  expect(boxTowards(drawing, box('f'), 'ArrowDown')?.id).toBe('f.then')
  expect(boxTowards(drawing, box('f.then'), 'ArrowRight')?.id).toBe('f.else')
  expect(boxTowards(drawing, box('g'), 'ArrowDown')?.id).toBe('z')
  expect(boxTowards(drawing, box('end'), 'ArrowDown')).toBeUndefined()
})
