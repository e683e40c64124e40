// biome-ignore-all lint/suspicious/noThenProperty: what a condition leads to is called so on the wire
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, minutes, history, hear } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

const nagging = (goal: object) => ({
  actions: [
    { id: 'w1', type: 'wait', days: 1 },
    { id: 'nag', type: 'add_tag', tags: ['nagged'] },
    {
      id: 'fork',
      type: 'if_else',
      conditions: [{ field: 'tags', operator: 'contains', value: 'nagged' }],
      then: [{ id: 'w2', type: 'wait', days: 1 }],
    },
    { id: 'bought', type: 'goal', ...goal },
    { id: 'thanks', type: 'add_tag', tags: ['thanked'] },
  ],
})

describe('a goal', () => {
  test('that an event reaches leads there at once, from any step in front of it', async () => {
    const { id } = await create(nagging({ on: 'order', filters: [{ field: 'amount', operator: 'gt', value: 10 }] }))
    const [early, nested, small] = [await person(), await person(), await person()]
    await enrol(nested.id, id)
    await run()
    minutes(24 * 60 + 1)
    await run()
    expect((await history(id, nested.id)).enrolment.actionId).toBe('bought')
    for (const { id: contactId } of [early, small]) await enrol(contactId, id)
    await run()
    for (const contact of [early, nested]) await hear('OrderCreate', { contactId: contact.id, amount: 20 })
    await hear('OrderCreate', { contactId: small.id, amount: 5 })
    await run()
    expect((await read(early.id)).tags).toEqual(['thanked'])
    expect((await read(nested.id)).tags).toEqual(['nagged', 'thanked'])
    const { enrolment, steps } = await history(id, early.id)
    expect([enrolment.status, steps.at(-2)]).toEqual([
      'completed',
      expect.objectContaining({ actionId: 'bought', type: 'goal', outcome: 'done', reason: 'reached by what happened: order' }),
    ])
    expect((await history(id, small.id)).enrolment).toMatchObject({ status: 'active', actionId: 'nag' })
  })

  test('leads nobody back who is past it, and nobody who was never in', async () => {
    const { id } = await create({
      actions: [
        { id: 'g', type: 'goal', on: 'order' },
        { id: 'after', type: 'wait', days: 1 },
        { type: 'add_tag', tags: ['late'] },
      ],
    })
    const [past, outside] = [await person(), await person()]
    await enrol(past.id, id)
    await run()
    for (const contact of [past, outside]) await hear('OrderCreate', { contactId: contact.id })
    await run()
    const { enrolment, steps } = await history(id, past.id)
    expect([enrolment.status, steps.map(({ type, outcome }: Record<string, string>) => `${type} ${outcome}`)]).toEqual([
      'active',
      ['goal skipped', 'wait waiting'],
    ])
    expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(1)
  })

  test('of conditions is looked at when the contact changes, and is met before the first step by who meets it already', async () => {
    const { id } = await create(nagging({ conditions: [{ field: 'tags', operator: 'contains', value: 'customer' }] }))
    const [already, becomes, other] = [await person({ tags: ['customer'] }), await person(), await person()]
    for (const contact of [already, becomes, other]) await enrol(contact.id, id)
    await run()
    expect((await read(already.id)).tags).toEqual(['customer', 'thanked'])
    const before = (await history(id, other.id)).enrolment
    for (const [contact, tag] of [
      [becomes, 'customer'],
      [other, 'stranger'],
    ] as const) {
      await call('POST', `/contacts/${contact.id}/tags`, { body: { tags: [tag] } })
      const last = world.on.events.findLast(({ type }) => type === 'ContactTagUpdate')
      await hear('ContactTagUpdate', JSON.parse(last?.payloadText ?? ''))
    }
    await run()
    expect((await read(becomes.id)).tags).toEqual(['customer', 'thanked'])
    const after = await history(id, other.id)
    expect([after.enrolment.dueAt, after.enrolment.actionId, after.steps.length]).toEqual([before.dueAt, 'nag', 1])
  })

  test('can be waited for, ends the workflow where it says so, and can be missed', async () => {
    const waits = await create({
      actions: [
        { id: 'g', type: 'goal', name: 'Paid', on: 'order', otherwise: 'wait', reached: 'end' },
        { type: 'add_tag', tags: ['never'] },
      ],
    })
    const ends = await create({
      actions: [
        { id: 'g', type: 'goal', on: 'order', otherwise: 'end' },
        { type: 'add_tag', tags: ['never'] },
      ],
    })
    const contact = await person()
    for (const { id } of [waits, ends]) await enrol(contact.id, id)
    await run()
    minutes(60 * 24 * 30)
    await run()
    expect((await history(waits.id, contact.id)).enrolment).toMatchObject({ status: 'active', waitingFor: 'goal', actionId: 'g' })
    expect((await history(ends.id, contact.id)).enrolment.reason).toBe('the goal g was not reached')
    await hear('OrderCreate', { contactId: contact.id })
    await run()
    const { enrolment } = await history(waits.id, contact.id)
    expect([enrolment.status, enrolment.reason]).toEqual(['completed', 'the goal Paid was reached'])
    expect((await read(contact.id)).tags).toEqual([])
  })

  test('that was reached while the workflow stood still leads there once it goes on', async () => {
    const { id } = await create(nagging({ on: 'order' }))
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    await hear('OrderCreate', { contactId: contact.id })
    await call('PUT', `/workflows/${id}`, { body: { status: 'draft' } })
    await run()
    expect((await read(contact.id)).tags).toEqual([])
    await call('PUT', `/workflows/${id}`, { body: { status: 'published' } })
    await run()
    expect((await read(contact.id)).tags).toEqual(['thanked'])
  })

  test('an app’s late answer moves nobody who has been led to a goal', async () => {
    const { id } = await create({
      actions: [
        { id: 'ask', type: 'app', url: 'https://app.example/act', key: 'score' },
        { id: 'g', type: 'goal', on: 'order' },
        { id: 'w', type: 'wait', days: 1 },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    await hear('OrderCreate', { contactId: contact.id })
    await run()
    await world.workflows.sendCalls()
    await run()
    const { enrolment, steps } = await history(id, contact.id)
    expect([enrolment.status, enrolment.waitingFor]).toEqual(['active', undefined])
    expect(steps.map(({ type }: { type: string }) => type)).toEqual(['app', 'goal', 'wait'])
  })
})

describe('a window', () => {
  const denver = (at: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/Denver',
      weekday: 'short',
      timeStyle: undefined,
      hour: '2-digit',
      minute: '2-digit',
    })
      .format(new Date(at))
      .replace(',', '')

  test('of the workflow holds messages until it opens, by the sub-account’s clock, and nothing else', async () => {
    const { id } = await create({
      settings: { window: { days: ['mon'], from: '09:00', to: '09:30' } },
      actions: [
        { type: 'add_tag', tags: ['at once'] },
        { id: 'sms', type: 'send_sms', message: 'Good morning' },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    const { enrolment, steps } = await history(id, contact.id)
    expect([(await read(contact.id)).tags, enrolment.actionId, denver(enrolment.dueAt)]).toEqual([
      ['at once'],
      'sms',
      'Mon 09:00',
    ])
    expect(steps.at(-1)).toMatchObject({
      type: 'send_sms',
      outcome: 'waiting',
      reason: expect.stringContaining('only mon 09:00 to 09:30'),
    })
    const sent = () => world.sent.filter(({ contactId }) => contactId === contact.id).length
    expect(sent()).toBe(0)
    minutes((Date.parse(enrolment.dueAt) - world.on.clock.now().getTime()) / 60_000)
    await run()
    expect([sent(), (await history(id, contact.id)).enrolment.status]).toEqual([1, 'completed'])
  })

  test('of a step goes before it, and one of a wait lets it end when it is open', async () => {
    const { id } = await create({
      settings: { window: { days: ['mon'], applies: 'all' } },
      actions: [
        { type: 'send_sms', message: 'Any hour', window: { from: '00:00' } },
        { type: 'wait', days: 1, window: { days: ['sat'], from: '22:00', to: '02:00' } },
        { id: 'held', type: 'add_tag', tags: ['monday'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    expect(world.sent.filter(({ contactId }) => contactId === contact.id)).toHaveLength(1)
    const first = (await history(id, contact.id)).enrolment
    expect(denver(first.dueAt)).toMatch(/^(Sat 2[23]|Sun 0[01])/)
    minutes((Date.parse(first.dueAt) - world.on.clock.now().getTime()) / 60_000)
    await run()
    const { enrolment } = await history(id, contact.id)
    expect([enrolment.actionId, denver(enrolment.dueAt)]).toEqual(['held', 'Mon 00:00'])
  })
})
