import { expect, test } from 'vitest'
import { type Definition, everywhere, find, insert, move, nudge, remove, waysOf, withIds } from './tree.js'
import type { Part } from './words.js'

const step = (id: string): Part => ({ id, type: 'add_tag', tags: [id] })
const fork = (id: string, yes: readonly Part[], no: readonly Part[]): Part => ({
  id,
  type: 'if_else',
  conditions: [{ field: 'tags', operator: 'contains', value: 'vip' }],
  // biome-ignore lint/suspicious/noThenProperty: the wire's own name
  then: yes,
  else: no,
})

const tree: Definition = {
  triggers: [{ id: 't', type: 'contact_created' }],
  actions: [step('a'), fork('f', [step('b'), step('c')], []), step('d')],
}
const order = (definition: Definition) => everywhere(definition).map(({ part, path }) => `${String(part.id)} ${path.join('.')}`)
const placed = (definition: Definition, id: string) => {
  const found = find(definition, id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

test('every part is found where the server would name it', () => {
  expect(order(tree)).toEqual([
    't triggers.0',
    'a actions.0',
    'f actions.1',
    'b actions.1.then.0',
    'c actions.1.then.1',
    'd actions.2',
  ])
})

test('a step goes between two, into an empty way, and out again; the definition before stays as it was', () => {
  const before = JSON.stringify(tree)
  const made = insert(tree, ['actions', 1, 'else'], 0, step('x'))
  expect(order(made)).toContain('x actions.1.else.0')
  expect(order(remove(made, placed(made, 'x').path))).toEqual(order(tree))
  expect(JSON.stringify(tree)).toBe(before)
})

test('a step moves into a way and to the end, and never into itself', () => {
  expect(order(move(tree, placed(tree, 'a'), ['actions', 1, 'else'], 0))).toContain('a actions.0.else.0')
  expect(order(move(tree, placed(tree, 'a'), ['actions'], 3)).at(-1)).toBe('a actions.2')
  expect(order(move(tree, placed(tree, 'd'), ['actions'], 0))[1]).toBe('d actions.0')
  expect(move(tree, placed(tree, 'f'), ['actions', 1, 'then'], 0)).toBe(tree)
})

test('up and down swap neighbours and leave a way at its ends', () => {
  expect(order(nudge(tree, placed(tree, 'c'), -1))).toContain('c actions.1.then.0')
  expect(order(nudge(tree, placed(tree, 'b'), 1))).toContain('b actions.1.then.1')
  expect(order(nudge(tree, placed(tree, 'b'), -1))).toContain('b actions.1')
  expect(order(nudge(tree, placed(tree, 'c'), 1))).toContain('c actions.2')
  expect(order(nudge(tree, placed(tree, 'a'), -1))).toEqual(order(tree))
})

test('ways have the names that the history gives them', () => {
  expect(waysOf({ type: 'if_else', conditions: [] }).map(({ label, told }) => [label, told])).toEqual([
    ['Then', 'then'],
    ['Else', 'else'],
  ])
  expect(waysOf({ type: 'if_else', branches: [{ id: 'x' }, { name: 'Rich' }] }).map(({ told }) => told)).toEqual([
    'x',
    'Rich',
    'else',
  ])
  expect(waysOf({ type: 'split', paths: [{ weight: 3 }, { name: 'B' }] }).map(({ label }) => label)).toEqual([
    'Path 1, weight 3',
    'B',
  ])
})

test('what has no id gets one, inner steps too; an id that is there stays', () => {
  let made = 0
  const sent = { triggers: [{ type: 'order' }], actions: [fork('f', [{ type: 'end' }], [])] }
  const { triggers, actions } = withIds(sent, () => `n${++made}`)
  expect(triggers[0]?.id).toBe('n1')
  expect(actions[0]?.id).toBe('f')
  expect(everywhere({ triggers: [], actions })[1]?.part.id).toBe('n2')
})
