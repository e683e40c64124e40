// biome-ignore-all lint/suspicious/noThenProperty: what a condition leads to is called so on the wire
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, history } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

describe('a workflow', () => {
  test('is created as a draft, read, changed (its version rises), published and deleted', async () => {
    const from = world.on.events.length
    const made = await call('POST', '/workflows/', {
      body: { locationId: world.on.locationId, name: 'Welcome', actions: [{ type: 'add_tag', tags: ['new'] }] },
    })
    const { workflow } = made.body
    expect([made.status, workflow.status, workflow.version, workflow.triggers]).toEqual([201, 'draft', 1, []])
    expect(workflow.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(workflow.actions).toEqual([{ type: 'add_tag', tags: ['new'], id: expect.stringMatching(/^\w{10}$/) }])
    const changed = await call('PUT', `/workflows/${workflow.id}`, { body: { status: 'published', name: 'Hello' } })
    expect(changed.body.workflow).toMatchObject({
      id: workflow.id,
      version: 2,
      status: 'published',
      name: 'Hello',
      actions: workflow.actions,
    })
    const { workflows: listed } = (await call('GET', `/workflows/?locationId=${world.on.locationId}`)).body
    expect(Object.keys(listed.find(({ id }: { id: string }) => id === workflow.id))).toEqual([
      'id',
      'name',
      'status',
      'version',
      'createdAt',
      'updatedAt',
      'locationId',
    ])
    expect((await call('DELETE', `/workflows/${workflow.id}`)).body).toMatchObject({ succeded: true, succeeded: true })
    expect((await call('GET', `/workflows/${workflow.id}`)).body.message).toBe('Workflow not found')
    expect((await call('GET', '/workflows/no-uuid')).status).toBe(400)
    expect(world.on.events.slice(from).map(({ type }) => type)).toEqual(['WorkflowCreate', 'WorkflowUpdate', 'WorkflowDelete'])
  })

  test.each([
    ['an action of no type', { actions: [{ type: 'dance' }] }, /^actions\.0\.type must be a valid enum value: add_tag/],
    ['no tags', { actions: [{ type: 'add_tag' }] }, /^actions\.0\.tags should not be empty$/],
    ['a wait of nothing', { actions: [{ type: 'wait' }] }, /^actions\.0 must say how long/],
    [
      'a mistake inside a branch',
      { actions: [{ type: 'if_else', conditions: [{ field: 'tags', value: 'a' }], then: [{ type: 'create_note' }] }] },
      /^actions\.0\.then\.0\.body should not be empty$/,
    ],
    [
      'an operator that is none',
      { actions: [{ type: 'if_else', conditions: [{ field: 'tags', operator: 'like', value: 'a' }] }] },
      /^actions\.0\.conditions\.0\.operator must be/,
    ],
    [
      'a field of another type',
      { actions: [{ type: 'end', tags: ['a'] }] },
      /^property actions\.0\.tags should not exist: possible are id, name, type$/,
    ],
    [
      'a filter that its event does not tell',
      { triggers: [{ type: 'contact_created' }, { type: 'order', filters: [{ field: 'formId', value: 'f' }] }] },
      /^triggers\.1\.filters\.0\.field must be one of the following values: _id, altId, .*amountSummary.*event$/,
    ],
    [
      'a filter inside of what its event tells',
      { triggers: [{ type: 'appointment', filters: { 'appointment.colour': 'red' } }] },
      /^triggers\.0\.filters\.appointment\.colour must be one of/,
    ],
    [
      'a filter of a schedule',
      { triggers: [{ type: 'schedule', tag: 'a', at: '09:00', filters: { a: 1 } }] },
      /nothing to filter by$/,
    ],
    [
      'a goal of a tag, where contacts have tags',
      { actions: [{ type: 'goal', conditions: [{ field: 'tag', operator: 'contains', value: 'vip' }] }] },
      /^actions\.0\.conditions\.0\.field must be one of the following values: id, .*\btags\b.* or a custom field/,
    ],
    [
      'a condition on a field that nobody has',
      {
        actions: [{ type: 'if_else', branches: [{ conditions: [{ field: 'shoe', value: 1 }], actions: [] }] }],
      },
      /^actions\.0\.branches\.0\.conditions\.0\.field must be one of the following values: id, .* or a custom field/,
    ],
    [
      'a field to set that nobody has',
      {
        actions: [{ type: 'split', paths: [{ actions: [] }, { actions: [{ type: 'update_field', field: 'shoe', value: 1 }] }] }],
      },
      /^actions\.0\.paths\.1\.actions\.0\.field must be one of/,
    ],
    [
      'a goal inside a branch',
      { actions: [{ type: 'if_else', conditions: [{ field: 'tags', value: 'a' }], then: [{ type: 'goal', on: 'order' }] }] },
      /^actions\.0\.then\.0 must stand in the outermost list/,
    ],
    ['a goal of nothing', { actions: [{ type: 'goal' }] }, /^actions\.0 must have either on or conditions$/],
    [
      'a goal whose filter its event does not tell',
      { actions: [{ type: 'goal', on: 'order', filters: { tag: 'a' } }] },
      /^actions\.0\.filters\.tag must be one of/,
    ],
    ['a window without a time', { settings: { window: { applies: 'all' } } }, /^settings\.window must say when/],
    [
      'a window of no hour',
      { actions: [{ type: 'end' }], settings: { window: { from: '25:00' } } },
      /^settings\.window\.from must be a time/,
    ],
    [
      'a window of a day that is none',
      { actions: [{ type: 'create_note', body: 'a', window: { days: ['mo'] } }] },
      /^actions\.0\.window\.days\.0 must/,
    ],
    ['a way to nowhere', { actions: [{ type: 'go_to', actionId: 'lost' }] }, /^actions have no id "lost"/],
    [
      'an id twice',
      {
        actions: [
          { id: 'a', type: 'end' },
          { id: 'a', type: 'end' },
        ],
      },
      /^actions have the id "a" more than once$/,
    ],
    ['a trigger of no type', { triggers: [{ type: 'moon' }] }, /^triggers\.0\.type must be a valid enum value/],
    [
      'a schedule without a time',
      { triggers: [{ type: 'schedule', tag: 'a' }] },
      /^triggers\.0 must have either at or everyMinutes$/,
    ],
    ['an address that is none', { actions: [{ type: 'webhook', url: 'ftp://x' }] }, /^actions\.0\.url must be a URL address$/],
    [
      'a header of the request itself',
      { actions: [{ type: 'webhook', url: 'https://a.example', headers: { Host: 'x' } }] },
      /headers\.Host is no header/,
    ],
  ])('with %s is refused with its place', async (_case, definition, message) => {
    const { status, body } = await call('POST', '/workflows/', {
      body: { locationId: world.on.locationId, name: 'Bad', ...definition },
    })
    expect([status, body.message.length]).toEqual([422, 1])
    expect(body.message[0]).toMatch(message)
  })

  test('is out of reach for another sub-account, its enrolments too', async () => {
    const { id } = await create({ actions: [{ type: 'wait', days: 1 }] })
    const contact = await person()
    await enrol(contact.id, id)
    const token = world.on.token({ locationId: world.on.otherLocationId })
    const { enrolment } = await history(id, contact.id)
    for (const [method, path] of [
      ['GET', `/workflows/${id}`],
      ['PUT', `/workflows/${id}`],
      ['DELETE', `/workflows/${id}`],
      ['GET', `/workflows/${id}/enrolments`],
    ] as const) {
      expect((await call(method, path, { token, ...(method === 'PUT' ? { body: {} } : {}) })).body.message).toBe(
        'Workflow not found',
      )
    }
    expect((await call('GET', `/workflows/${id}/enrolments/${enrolment.id}`, { token })).body.message).toBe('Enrolment not found')
    const theirs = (
      await call('POST', '/contacts/', { token, body: { locationId: world.on.otherLocationId, email: 'x@y.example' } })
    ).body.contact
    expect((await call('POST', `/contacts/${theirs.id}/workflow/${id}`, { token, body: {} })).body.message).toBe(
      'Workflow not found',
    )
    expect((await enrol(theirs.id, id)).body.message).toBe(`Contact not found for id:${theirs.id}`)
  })
})

test('a dry run says what would happen and does nothing', async () => {
  const { id } = await create({
    actions: [
      { type: 'add_tag', tags: ['dry'] },
      { type: 'wait', days: 2 },
      {
        type: 'if_else',
        conditions: [{ field: 'tags', operator: 'contains', value: 'dry' }],
        then: [{ type: 'send_sms', message: 'Hi' }],
      },
    ],
  })
  const contact = await person()
  const { status, body } = await call('POST', `/workflows/${id}/dry-run`, { body: { contactId: contact.id } })
  expect([status, body.steps.map(({ type, outcome }: { type: string; outcome: string }) => `${type} ${outcome}`)]).toEqual([
    200,
    ['add_tag done', 'wait waiting', 'if_else branch', 'send_sms done'],
  ])
  expect(Date.parse(body.steps[3].at) - Date.parse(body.steps[0].at)).toBe(2 * 86_400_000)
  expect(body.steps[2].reason).toContain('tags contains "dry": yes')
  expect((await read(contact.id)).tags).toEqual([])
  expect((await call('POST', `/workflows/${id}/dry-run`, { body: { contactId: 'nobody' } })).status).toBe(400)
})

test('those who wait stand in an index of their own that the engine asks', async () => {
  const explain = async (text: string) =>
    JSON.stringify(
      (await world.on.db.executeQuery({ sql: `explain ${text}`, parameters: [], query: {} as never, queryId: {} as never })).rows,
    )
  expect(
    await explain(
      `select id from "workflowEnrolments" where status = 'active' and "dueAt" <= '2026-01-01' order by "dueAt", id limit 50 for update skip locked`,
    ),
  ).toContain('enrolments_due')
  expect(await explain(`select * from "workflowTriggers" where "locationId" = 'x' and type = 'order'`)).toContain(
    'triggers_by_type',
  )
})
