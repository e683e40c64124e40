import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'
import { nothingSupplied, type Supplied } from './ports.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, history } = actsOf(() => world)

const shared = { appId: 'app1', appName: 'Scores', version: 3, description: '', headers: { 'x-key': 'secret' }, sample: {} }
const supplied: Supplied = {
  triggers: [
    {
      ...shared,
      key: 'sale',
      name: 'A sale',
      subscriptionUrl: 'https://app.example/subscribe',
      filters: [{ key: 'kind', label: 'Kind', type: 'string' }],
    },
    {
      ...shared,
      key: 'open',
      name: 'Open',
      subscriptionUrl: '',
      filters: [{ key: 'more', label: 'More', type: 'dynamic', url: 'https://app.example/filters' }],
    },
  ],
  actions: [
    {
      ...shared,
      key: 'score',
      name: 'Score',
      url: 'https://app.example/score',
      fields: [
        {
          key: 'model',
          label: 'Model',
          type: 'select',
          required: true,
          help: 'How hard it judges',
          options: [{ label: 'A', value: 'a' }],
        },
        { key: 'list', label: 'List', type: 'select', url: 'https://app.example/lists' },
      ],
      branching: true,
      branchFields: [{ key: 'least', label: 'At least', type: 'numerical', required: true }],
      pause: true,
    },
    {
      ...shared,
      key: 'free',
      name: 'Free',
      url: 'https://app.example/free',
      fields: [{ key: 'more', label: 'More', type: 'dynamic', url: 'https://app.example/fields' }],
      branching: false,
      branchFields: [],
      pause: false,
    },
    {
      ...shared,
      key: 'odd',
      name: 'Odd',
      url: 'https://app.example/odd',
      fields: [{ key: 'constructor', label: 'Who built it', type: 'numerical', required: true }],
      branching: false,
      branchFields: [],
      pause: false,
    },
  ],
}

beforeAll(async () => {
  world = await workflowWorld()
})
beforeEach(() => {
  world.set.supplied = supplied
  world.set.reply = { status: 200, body: '{}', error: '' }
})
afterAll(() => world?.on.close())

const score = (more: object = {}) => ({ type: 'app', appId: 'app1', key: 'score', data: { model: 'a' }, ...more })

describe('what apps supply', () => {
  test('is in the catalogue beside our own kinds, without addresses and headers', async () => {
    const { status, body } = await call('GET', `/workflows/catalogue?locationId=${world.on.locationId}`)
    expect(status).toBe(200)
    expect(body.apps.actions[0]).toMatchObject({ appId: 'app1', appName: 'Scores', key: 'score', branching: true, pause: true })
    expect(body.apps.triggers[0].filters[0].key).toBe('kind')
    expect(body.apps.actions[0].fields.map(({ help, url }: { help: string; url: string }) => [help, url])).toEqual([
      ['How hard it judges', ''],
      ['', 'ask'],
    ])
    expect(JSON.stringify(body)).not.toMatch(/secret|app\.example/)
    const of = (type: string) => body.triggers.find((each: { type: string }) => each.type === type)
    expect([of('webhook').filters, of('schedule').filters]).toEqual([null, []])
    expect(of('form_submitted').filters).toContain('formId')
    expect(body.actions.find(({ type }: { type: string }) => type === 'create_note')).toEqual({
      type: 'create_note',
      required: ['body'],
      oneOf: [],
      fields: ['body', 'window'],
    })
    expect(body.actions.find(({ type }: { type: string }) => type === 'send_sms')).toMatchObject({
      required: [],
      oneOf: ['message', 'body', 'templateId'],
    })
  })

  test.each([
    [
      'an app that is not there',
      { actions: [score({ appId: 'other' })] },
      'actions.0.appId must be an installed app that supplies one: app1',
    ],
    [
      'an action that is not there',
      { actions: [score({ key: 'none' })] },
      'actions.0.key must be one of the following values: score, free, odd',
    ],
    ['a field that is missing', { actions: [score({ data: {} })] }, 'actions.0.data.model should not be empty'],
    [
      'a field that is called as something that every object has',
      { actions: [score({ key: 'odd', data: {} })] },
      'actions.0.data.constructor should not be empty',
    ],
    [
      'a choice that is none',
      { actions: [score({ data: { model: 'z' } })] },
      'actions.0.data.model must be one of the following values: a',
    ],
    [
      'a field of another',
      { actions: [score({ data: { model: 'a', x: 1 } })] },
      'property actions.0.data.x should not exist: possible are model, list',
    ],
    [
      'a branch that says too little',
      { actions: [score({ branches: [{ id: 'b', actions: [] }] })] },
      'actions.0.branches.0.fields.least should not be empty',
    ],
    [
      'an address of its own',
      { actions: [score({ url: 'https://x.example' })] },
      'actions.0.url is the app’s to say: leave it out',
    ],
    [
      'neither app nor address',
      { actions: [{ type: 'app', key: 'k' }] },
      'actions.0.appId should not be empty, unless url says where to',
    ],
    [
      'a text where a number belongs',
      { actions: [score({ branches: [{ id: 'b', fields: { least: 'many' }, actions: [] }] })] },
      'actions.0.branches.0.fields.least must be a number',
    ],
    [
      'a filter that the trigger has not',
      { triggers: [{ type: 'app', appId: 'app1', key: 'sale', filters: { size: 1 } }] },
      'triggers.0.filters.size must be one of the following values: kind',
    ],
  ])('with %s a definition is refused with its place', async (_case, definition, message) => {
    const { status, body } = await call('POST', '/workflows/', {
      body: { locationId: world.on.locationId, name: 'Bad', ...definition },
    })
    expect([status, body.message]).toEqual([422, [message]])
  })

  test('runs where the app says, with its headers and version, pauses as it says, and goes the branch that it names', async () => {
    const branches = [{ id: 'high', fields: { least: 5 }, actions: [{ type: 'add_tag', tags: ['high'] }] }]
    const { id } = await create({ actions: [score({ branches })] })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    await world.workflows.sendCalls()
    const asked = world.posted.at(-1)
    expect(asked).toMatchObject({ url: 'https://app.example/score', headers: { 'x-key': 'secret' } })
    const { extras, meta, data } = JSON.parse(asked?.body ?? '')
    expect([meta, data]).toEqual([
      { key: 'score', version: '3' },
      { model: 'a', branches: [{ id: 'high', name: 'high', fields: { least: 5 } }] },
    ])
    await run()
    expect((await history(id, contact.id)).enrolment.waitingFor).toBe('call')
    await call('POST', new URL(extras.resumeUrl).pathname, { body: { branchId: 'high' } })
    await run()
    expect((await read(contact.id)).tags).toEqual(['high'])
  })

  test('is passed by once the app has it no longer', async () => {
    const { id } = await create({ actions: [score(), { type: 'add_tag', tags: ['on'] }] })
    world.set.supplied = nothingSupplied
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    const { steps } = await history(id, contact.id)
    expect(steps[0]).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('no action score any more') })
    expect((await read(contact.id)).tags).toEqual(['on'])
  })

  test('hears at its own address where its trigger is used', async () => {
    const { id } = await create({ triggers: [{ type: 'app', appId: 'app1', key: 'sale', filters: { kind: 'big' } }] })
    await world.workflows.sendCalls()
    const told = world.posted.at(-1)
    expect(told).toMatchObject({ url: 'https://app.example/subscribe', headers: { 'x-key': 'secret' } })
    expect(JSON.parse(told?.body ?? '')).toMatchObject({
      triggerData: { key: 'sale', eventType: 'CREATED', filters: [{ field: 'kind', value: 'big' }] },
      meta: { key: 'sale', version: '3' },
    })
    await call('PUT', `/workflows/${id}`, { body: { status: 'draft' } })
    await world.workflows.sendCalls()
    expect(JSON.parse(world.posted.at(-1)?.body ?? '').triggerData.eventType).toBe('DELETED')
  })

  test('begins nothing any more once the sub-account has it no longer', async () => {
    const { triggers } = await create({ triggers: [{ type: 'app', appId: 'app1', key: 'sale' }] })
    const begin = (email: string) =>
      world.on.app.inject({ method: 'POST', url: new URL(triggers[0].targetUrl).pathname, payload: { email } })
    expect((await begin('sale@flow.example')).statusCode).toBe(200)
    world.set.supplied = nothingSupplied
    expect((await begin('late@flow.example')).statusCode).toBe(404)
    const late = await world.on.db.selectFrom('contacts').select('id').where('email', '=', 'late@flow.example').execute()
    expect(late).toEqual([])
  })

  test('is asked for options and for the fields that a dynamic one becomes', async () => {
    const ask = (question: object) =>
      call('POST', '/workflows/catalogue/ask', {
        body: { locationId: world.on.locationId, appId: 'app1', kind: 'action', ...question },
      })
    world.set.reply = { status: 200, body: '{"options":[{"label":"L","value":1}]}', error: '' }
    expect((await ask({ key: 'score', field: 'list' })).body).toMatchObject({ options: [{ label: 'L', value: '1' }] })
    expect(world.posted.at(-1)).toMatchObject({ url: 'https://app.example/lists', headers: { 'x-key': 'secret' } })
    world.set.reply = { status: 200, body: '{"inputs":[{"section":"S","fields":[{"field":"f"}]}]}', error: '' }
    expect((await ask({ key: 'free', field: 'more', data: { a: 1 } })).body).toMatchObject({
      inputs: [{ section: 'S', fields: [{ field: 'f' }] }],
    })
    expect(JSON.parse(world.posted.at(-1)?.body ?? '')).toMatchObject({ data: { a: 1 }, meta: { key: 'free', version: '3' } })
    world.set.reply = { status: 200, body: '{"filters":[{"field":"size","title":"Size"}]}', error: '' }
    expect((await ask({ kind: 'trigger', key: 'open', field: 'more' })).body).toMatchObject({
      inputs: [{ section: '', fields: [{ field: 'size', title: 'Size' }] }],
    })
    world.set.reply = { status: 200, body: '{"options":[{"label":{"toString":1,"valueOf":1},"value":2}]}', error: '' }
    expect((await ask({ key: 'score', field: 'list' })).body).toMatchObject({ options: [{ label: '', value: '2' }] })
    for (const [body, error, message] of [
      ['', 'The answer was 500.', 'The app did not answer: The answer was 500.'],
      ['[', '', 'The app’s answer is not a JSON object.'],
      ['{}', '', 'The app’s answer has no list inputs.'],
    ] as const) {
      world.set.reply = { status: 200, body, error }
      expect((await ask({ key: 'free', field: 'more' })).body.message).toBe(message)
    }
    expect((await ask({ key: 'score', field: 'model' })).body.message).toBe('Nobody is asked for this field.')
  })
})
