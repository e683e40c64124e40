import { actionTypes, triggerTypes } from '@groundlevel/contracts'
import { expect, test } from 'vitest'
import { Problem } from '../../problem.js'
import { actionKinds } from './action-kinds.js'
import { cleaned, conditionsIn } from './conditions.js'
import { marksOf } from './marks.js'
import { placedProblems, problemOfField } from './problems.js'
import { triggerKinds } from './trigger-kinds.js'

const definition = {
  triggers: [{ id: 't', type: 'schedule' }],
  actions: [
    {
      id: 'f',
      type: 'if_else',
      conditions: [],
      // biome-ignore lint/suspicious/noThenProperty: the wire's own name
      then: [{ id: 'a' }, { id: 'b', type: 'go_to', actionId: 'gone' }],
    },
    { id: 's', type: 'split', paths: [{ actions: [{ id: 'p' }] }, { actions: [] }] },
  ],
}

test('a refusal stands at the step that it names, the innermost one', () => {
  const messages = [
    'triggers.0.tag should not be empty',
    'actions.0.conditions should not be empty',
    'actions.0.then.1.actionId must be letters',
    'property actions.0.then.0.colour should not exist',
    'actions.1.paths.0.actions.0.tags.0 must be a string',
    'actions have no id "gone" that go_to could lead to',
    'name should not be empty',
  ]
  const { parts, rest } = placedProblems(new Problem(422, messages, undefined, undefined), definition)
  expect(Object.fromEntries(parts)).toEqual({
    t: ['tag should not be empty'],
    f: ['conditions should not be empty'],
    b: ['actionId must be letters', 'The step that it goes on at is gone'],
    a: ['property colour should not exist'],
    p: ['tags.0 must be a string'],
  })
  expect(rest).toEqual(['name should not be empty'])
  expect(problemOfField(['tags.0 must be a string', 'tag is odd'], 'tags')).toBe('Must be a string')
})

test('every kind of the contracts has a row', () => {
  expect(Object.keys(triggerKinds).sort()).toEqual([...triggerTypes].sort())
  expect(Object.keys(actionKinds).sort()).toEqual([...actionTypes].sort())
})

test('a way through marks its steps, how often each, and the ways that were taken', () => {
  const row = (actionId: string, outcome: string, reason = '') => ({ number: 1, actionId, type: '', outcome, reason, at: null })
  const steps = [row('f', 'branch', 'then: tags contains "vip": yes'), row('a', 'done'), row('a', 'done'), row('gone', 'done')]
  expect([...marksOf(steps, definition)].map(([id, { word, times }]) => [id, word, times])).toEqual([
    ['f', 'Chose a way', 1],
    ['f.then', 'Chose a way', 1],
    ['a', 'Done', 2],
  ])
})

test('what nobody filled in is not sent, so that the server can name it; empty ways stay', () => {
  expect(cleaned({ type: 'if_else', name: '', tags: [], else: [], conditions: [{ field: 'tags', value: '' }] })).toEqual({
    type: 'if_else',
    else: [],
    conditions: [{ field: 'tags' }],
  })
  expect(conditionsIn({ tag: 'vip', formId: ['a', 'b'] })).toEqual([
    { field: 'tag', operator: 'eq', value: 'vip' },
    { field: 'formId', operator: 'in', value: ['a', 'b'] },
  ])
})
