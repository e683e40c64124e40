// biome-ignore-all lint/suspicious/noThenProperty: what a condition leads to is called so on the wire
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, minutes, history } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

describe('requests to other programs', () => {
  test('are written with the step, sent with its id, and tried again when they fail', async () => {
    const { id } = await create({
      actions: [
        { type: 'webhook', url: 'https://a.example/in', headers: { 'x-key': 'k' }, body: { who: '{{contact.id}}' } },
        { type: 'add_tag', tags: ['told'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    world.set.reply = { status: 500, body: null, error: 'The answer was 500.' }
    await run()
    expect((await read(contact.id)).tags).toEqual(['told'])
    expect(await world.workflows.sendCalls()).toBe(1)
    expect(world.posted.at(-1)).toMatchObject({
      url: 'https://a.example/in',
      headers: { 'x-key': 'k' },
      body: JSON.stringify({ who: contact.id }),
    })
    expect(await world.workflows.sendCalls()).toBe(0)
    minutes(1.1)
    world.set.reply = { status: 200, body: '{}', error: '' }
    expect(await world.workflows.sendCalls()).toBe(1)
    minutes(100)
    expect(await world.workflows.sendCalls()).toBe(0)
    expect(new Set(world.posted.slice(-2).map(({ headers }) => headers['x-request-id'])).size).toBe(1)
  })

  test('of an app hold the contact until it answers, and its answer chooses the branch', async () => {
    const { id } = await create({
      actions: [
        {
          type: 'app',
          url: 'https://app.example/act',
          key: 'score',
          data: { a: 1 },
          branches: [
            { id: 'high', actions: [{ type: 'add_tag', tags: ['high'] }] },
            { id: 'low', actions: [{ type: 'add_tag', tags: ['low'] }] },
          ],
        },
        {
          type: 'if_else',
          conditions: [{ field: 'vars.score.points', operator: 'gt', value: 5 }],
          then: [{ type: 'add_tag', tags: ['points'] }],
        },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    expect((await history(id, contact.id)).enrolment.waitingFor).toBe('call')
    world.set.reply = { status: 200, body: JSON.stringify({ branchId: 'high', points: 7 }), error: '' }
    await world.workflows.sendCalls()
    expect(JSON.parse(world.posted.at(-1)?.body ?? '')).toMatchObject({
      data: { a: 1, branches: [{ id: 'high' }, { id: 'low' }] },
      extras: { locationId: world.on.locationId, contactId: contact.id, workflowId: id },
      meta: { key: 'score' },
    })
    await run()
    expect((await read(contact.id)).tags).toEqual(['high', 'points'])
  })

  test('of an app may be answered with what no database holds, and the way goes on', async () => {
    const { id } = await create({
      actions: [
        { type: 'app', url: 'https://app.example/act', key: 'score' },
        { type: 'add_tag', tags: ['on'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    world.set.reply = { status: 200, body: String.raw`{"note":"a\u0000b \ud800"}`, error: '' }
    await world.workflows.sendCalls()
    await run()
    expect((await read(contact.id)).tags).toEqual(['on'])
  })

  test('of an app that pauses hold the contact until the app lets it go on, once', async () => {
    const { id } = await create({
      actions: [
        {
          type: 'app',
          url: 'https://app.example/act',
          key: 'sign',
          pause: true,
          branches: [
            { id: 'signed', actions: [{ type: 'add_tag', tags: ['signed'] }] },
            { id: 'declined', actions: [{ type: 'add_tag', tags: ['declined'] }] },
          ],
        },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    world.set.reply = { status: 200, body: '{}', error: '' }
    await world.workflows.sendCalls()
    await run()
    const { extras } = JSON.parse(world.posted.at(-1)?.body ?? '')
    expect((await history(id, contact.id)).enrolment).toMatchObject({ status: 'active', waitingFor: 'call' })
    const path = new URL(extras.resumeUrl).pathname
    const foreign = world.on.token({ locationId: world.on.otherLocationId })
    const refused = await call('POST', path, { token: foreign, body: { branchId: 'signed' } })
    expect(refused.body.message).toBe('Enrolment not found')
    const resumed = await call('POST', path, { body: { branchId: 'declined', extras } })
    expect([resumed.status, resumed.body.succeeded]).toEqual([200, true])
    await run()
    expect((await read(contact.id)).tags).toEqual(['declined'])
    expect((await call('POST', path, { body: {} })).body.message).toBe('The contact does not wait for an app here.')
  })

  test('tell an app where its trigger is used, where it changed, and where no longer; what it sends there begins the workflow', async () => {
    const trigger = { type: 'app', key: 'shop', subscriptionUrl: 'https://app.example/subscribe', filters: { kind: 'sale' } }
    const { id, triggers } = await create({ triggers: [trigger], actions: [{ type: 'add_tag', tags: ['bought'] }] })
    const heard = async () => {
      const from = world.posted.length
      await world.workflows.sendCalls()
      return world.posted.slice(from).map(({ body }) => JSON.parse(body))
    }
    const [created] = await heard()
    expect(created).toMatchObject({
      triggerData: {
        key: 'shop',
        eventType: 'CREATED',
        filters: [{ field: 'kind', value: 'sale' }],
        targetUrl: triggers[0].targetUrl,
      },
      extras: { locationId: world.on.locationId, workflowId: id },
    })
    const contact = await person()
    const url = new URL(created.triggerData.targetUrl).pathname
    await world.on.app.inject({ method: 'POST', url, payload: { kind: 'sale', contactId: contact.id } })
    await run()
    expect((await read(contact.id)).tags).toEqual(['bought'])
    await call('PUT', `/workflows/${id}`, { body: { triggers: [{ ...triggers[0], filters: { kind: 'rent' } }] } })
    expect((await heard()).map(({ triggerData }) => triggerData.eventType)).toEqual(['UPDATED'])
    await call('PUT', `/workflows/${id}`, { body: { name: 'Same triggers' } })
    expect(await heard()).toEqual([])
    await call('DELETE', `/workflows/${id}`)
    expect((await heard()).map(({ triggerData }) => triggerData.eventType)).toEqual(['DELETED'])
  })
})
