import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, hear } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

const tagging = (tag: string) => ({ actions: [{ id: 'only', type: 'add_tag', tags: [tag] }] })

describe('versions of a workflow', () => {
  test('are kept with who and when, read whole, and restored as a new one that stays published', async () => {
    const { id, triggers } = await create({ name: 'One', triggers: [{ type: 'webhook' }], ...tagging('one') })
    world.on.clock.advance(60_000)
    await call('PUT', `/workflows/${id}`, { body: { name: 'Two', triggers: [{ type: 'order' }], ...tagging('two') } })
    const { body } = await call('GET', `/workflows/${id}/versions`)
    expect(body.total).toBe(2)
    expect(body.versions.map(({ version, name, status }: Record<string, unknown>) => [version, name, status])).toEqual([
      [2, 'Two', 'published'],
      [1, 'One', 'published'],
    ])
    const [second, first] = body.versions
    expect(Date.parse(second.createdAt) - Date.parse(first.createdAt)).toBeGreaterThanOrEqual(60_000)
    expect(first.createdBy).toMatchObject({ source: 'INTEGRATION', sourceId: expect.any(String) })
    const { version } = (await call('GET', `/workflows/${id}/versions/1`)).body
    expect(version).toMatchObject({ version: 1, name: 'One', actions: tagging('one').actions, settings: {} })
    const from = world.on.events.length
    const restored = (await call('POST', `/workflows/${id}/versions/1/restore`, { body: {} })).body.workflow
    expect(restored).toMatchObject({ version: 3, name: 'Two', status: 'published', actions: tagging('one').actions })
    expect(restored.triggers).toEqual(triggers)
    expect(world.on.events.slice(from).map(({ type }) => type)).toEqual(['WorkflowUpdate'])
    expect((await call('GET', `/workflows/${id}/versions?limit=1`)).body).toMatchObject({ total: 3, versions: [{ version: 3 }] })
    const hook = await world.on.app.inject({
      method: 'POST',
      url: new URL(triggers[0].url).pathname,
      payload: { email: 'a@b.example' },
    })
    expect(hook.statusCode).toBe(200)
    await hear('OrderCreate', { contactId: (await person()).id })
    expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(1)
  })

  test('of what was never saved here begin with what it was', async () => {
    const { id } = await create({ status: 'draft', ...tagging('pushed') })
    await world.on.db.deleteFrom('workflowVersions').where('workflowId', '=', id).execute()
    await call('PUT', `/workflows/${id}`, { body: tagging('changed') })
    const { versions } = (await call('GET', `/workflows/${id}/versions`)).body
    expect(versions.map(({ version, createdBy }: Record<string, unknown>) => [version, createdBy === null])).toEqual([
      [2, false],
      [1, true],
    ])
  })

  test('that came with a copy of another workflow are restored with tokens of their own', async () => {
    const { id, triggers } = await create({ triggers: [{ type: 'webhook' }] })
    const { token } = triggers[0]
    const copy = await create({ status: 'draft', triggers: [{ type: 'webhook' }] })
    await world.on.db.deleteFrom('workflowVersions').where('workflowId', '=', copy.id).execute()
    await world.on.db
      .updateTable('workflows')
      .set({ triggers: JSON.stringify([{ type: 'webhook', token }]) })
      .where('id', '=', copy.id)
      .execute()
    await call('PUT', `/workflows/${copy.id}`, { body: { status: 'published' } })
    const { status, body } = await call('POST', `/workflows/${copy.id}/versions/1/restore`, { body: {} })
    expect([status, body.workflow?.triggers.length]).toEqual([200, 1])
    expect(body.workflow.triggers[0].token).not.toBe(token)
    expect((await call('GET', `/workflows/${id}`)).body.workflow.triggers[0].token).toBe(token)
  })

  test('are a hundred at most, and out of reach for another sub-account', async () => {
    const { id } = await create(tagging('a'))
    await world.on.db.updateTable('workflows').set({ version: 150 }).where('id', '=', id).execute()
    await call('PUT', `/workflows/${id}`, { body: { name: 'b' } })
    const { versions } = (await call('GET', `/workflows/${id}/versions`)).body
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([151, 150])
    const token = world.on.token({ locationId: world.on.otherLocationId })
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/151'],
      ['POST', '/151/restore'],
    ] as const) {
      const refused = await call(method, `/workflows/${id}/versions${path}`, {
        token,
        ...(method === 'POST' ? { body: {} } : {}),
      })
      expect([refused.status, refused.body.message]).toEqual([400, 'Workflow not found'])
    }
    for (const version of ['7', '0', '-1', '1e9', '99999999999', 'x'])
      expect((await call('GET', `/workflows/${id}/versions/${version}`)).body.message).toBe('Version not found')
    expect((await call('POST', `/workflows/${id}/versions/7/restore`, { body: {} })).body.message).toBe('Version not found')
  })
})

test('filters and conditions know the custom fields of the sub-account, by key and by id', async () => {
  const { locationId } = world.on
  const field = { id: 'f'.repeat(20), fieldKey: 'contact.shoe_size' }
  const now = world.on.clock.now()
  await world.on.db
    .insertInto('customFields')
    .values({
      ...field,
      locationId,
      objectKey: 'contact',
      documentType: 'field',
      name: 'Shoe size',
      dataType: 'TEXT',
      parentId: '',
      position: 1,
      placeholder: '',
      options: '[]',
      acceptedFormats: [],
      isMultipleFile: false,
      allowCustomOption: false,
      showInForms: true,
      dateAdded: now,
      dateUpdated: now,
    } as never)
    .execute()
  const ids: string[] = []
  for (const name of ['contact.shoe_size', 'shoe_size', field.id, `customFields.${field.id}`])
    ids.push((await create({ triggers: [{ type: 'contact_changed', filters: { [name]: '44' } }] })).id)
  const contact = await person()
  await hear('ContactUpdate', { id: contact.id, customFields: [{ id: field.id, value: '43' }] })
  await hear('ContactUpdate', { id: contact.id, customFields: [{ id: field.id, value: '44' }] })
  for (const id of ids) expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(1)
  const set = { type: 'update_field', fields: { shoe_size: '45' } }
  expect((await create({ actions: [set] })).actions).toMatchObject([set])
})
