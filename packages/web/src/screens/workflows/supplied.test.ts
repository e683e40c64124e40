import { expect, test } from 'vitest'
import { kindOf, offered } from './kinds.js'
import { marksOf } from './marks.js'
import { toldFacts } from './sources.js'
import { answeredEntry, newBranch, valueIn } from './supplied.js'
import type { Supplied } from './words.js'

const app = { appId: 'a', appName: 'Scores', description: 'Counts' }
const supplied: Supplied = {
  triggers: [
    {
      ...app,
      key: 'sale',
      name: 'A sale',
      filters: [{ key: 'kind', label: 'Kind', type: 'string' }],
      sample: { kind: 'x', sum: 3 },
    },
  ],
  actions: [
    {
      ...app,
      key: 'score',
      name: 'Score',
      fields: [],
      branching: true,
      branchFields: [],
      pause: false,
      sample: { points: 1, by: { whom: 'x' } },
    },
  ],
}

test('what an app supplies is offered under its name, after our own kinds', () => {
  const [last, before] = [offered(false, supplied).at(-1), offered(false, supplied).at(-2)]
  expect([before?.appId, last?.group, last?.appId]).toEqual([undefined, 'Scores', 'a'])
  expect(last?.kinds.map(({ part }) => part)).toEqual([
    {
      type: 'app',
      appId: 'a',
      key: 'score',
      data: {},
      branches: [{ id: 'branch_1', name: 'Branch 1', fields: {}, actions: [] }],
    },
  ])
  expect(kindOf({ type: 'app', appId: 'a', key: 'sale' }, true, supplied)?.label).toBe('A sale')
})

test('a part of an app that is gone says so; one that names no app keeps the form that it had', () => {
  const fieldsOf = (part: object) => kindOf({ type: 'app', ...part }, false, supplied)?.fields.map(({ as }) => as)
  expect(fieldsOf({ appId: 'gone', key: 'score' })).toEqual(['app-gone', 'line'])
  expect(fieldsOf({ url: 'https://x.example', key: 'k' })).toContain('pairs')
})

test('conditions can ask what the app’s trigger tells and what its action has answered', () => {
  const definition = {
    triggers: [{ id: 't', type: 'app', appId: 'a', key: 'sale' }],
    actions: [{ id: 's', type: 'app', appId: 'a', key: 'score' }],
  }
  expect(toldFacts(definition, supplied).map(({ field }) => field)).toEqual([
    'trigger.kind',
    'trigger.sum',
    'vars.score.points',
    'vars.score.by.whom',
  ])
})

test('the branch that the app has chosen is marked in a way through', () => {
  const branches = [
    { id: 'one', name: 'One', actions: [] },
    { id: 'two', actions: [] },
  ]
  const definition = { triggers: [], actions: [{ id: 's', type: 'app', appId: 'a', key: 'score', branches }] }
  const row = (outcome: string, reason: string) => ({ number: 1, actionId: 's', type: 'app', outcome, reason, at: null })
  const marks = marksOf([row('waiting', 'asked'), row('done', 'answered with branch two')], definition)
  expect([...marks.keys()]).toEqual(['s', 's.branches.1.actions'])
})

test('a field that an app answers is read in either of its spellings; a branch gets an id that is free', () => {
  expect(answeredEntry({ field: 'depth', title: 'How deep', fieldType: 'NUMERICAL', required: true })).toMatchObject({
    key: 'depth',
    label: 'How deep',
    type: 'numerical',
    required: true,
  })
  expect(answeredEntry({ key: 'tone', label: 'Tone', type: 'select', options: ['warm', { value: 2 }] })?.options).toEqual([
    { label: 'warm', value: 'warm' },
    { label: '2', value: '2' },
  ])
  expect(answeredEntry({ title: 'Nameless' })).toBeUndefined()
  expect(newBranch([{ id: 'branch_2' }, { id: 'mine' }]).id).toBe('branch_1')
  expect(newBranch([{ id: 'branch_1' }]).id).toBe('branch_2')
  expect([valueIn({}, 'constructor'), valueIn({ constructor: 1 }, 'constructor')]).toEqual([undefined, 1])
})
