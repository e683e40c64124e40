// biome-ignore-all lint/suspicious/noThenProperty: what a condition leads to is called so on the wire
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newUuid } from '../../ids.js'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, minutes, history } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

describe('running', () => {
  test('does its steps in order, each once, and the history says what was done', async () => {
    const { id } = await create({
      actions: [
        { type: 'add_tag', tags: ['Hot'] },
        { type: 'update_field', field: 'city', value: 'Paris' },
        { type: 'create_note', body: 'For {{contact.id}}' },
        { type: 'create_task', title: 'Call', dueInDays: 1 },
        { type: 'send_sms', message: 'Hi' },
        { type: 'remove_tag', tag: 'hot' },
      ],
    })
    const contact = await person()
    const { status, body } = await enrol(contact.id, id)
    expect([status, body.succeded, body.succeeded]).toEqual([200, true, true])
    const from = world.told.length
    await run()
    const after = await read(contact.id)
    expect([after.tags, after.city, after.lastUpdatedBy.source]).toEqual([[], 'Paris', 'WORKFLOW'])
    expect(
      (await call('GET', `/contacts/${contact.id}/notes`)).body.notes.map(({ body: text }: { body: string }) => text),
    ).toEqual([`For ${contact.id}`])
    expect((await call('GET', `/contacts/${contact.id}/tasks`)).body.tasks.map(({ title }: { title: string }) => title)).toEqual([
      'Call',
    ])
    expect(world.sent.filter(({ contactId }) => contactId === contact.id)).toMatchObject([{ type: 'SMS', message: 'Hi' }])
    const { enrolment, steps } = await history(id, contact.id)
    expect([enrolment.status, enrolment.steps, enrolment.actionId, enrolment.dueAt]).toEqual([
      'completed',
      6,
      undefined,
      undefined,
    ])
    expect(steps.map(({ type, outcome }: { type: string; outcome: string }) => `${type} ${outcome}`)).toEqual([
      'add_tag done',
      'update_field done',
      'create_note done',
      'create_task done',
      'send_sms done',
      'remove_tag done',
    ])
    expect(
      world.told
        .slice(from)
        .map(({ type, depth }) => `${type} ${depth}`)
        .sort(),
    ).toEqual(['ContactTagUpdate 1', 'ContactTagUpdate 1', 'ContactUpdate 1', 'NoteCreate 1', 'TaskCreate 1'])
    await run()
    expect(world.sent.filter(({ contactId }) => contactId === contact.id)).toHaveLength(1)
  })

  test('waits by the clock, and goes on where it was', async () => {
    const { id } = await create({
      actions: [
        { type: 'add_tag', tags: ['before'] },
        { type: 'wait', hours: 2 },
        { type: 'add_tag', tags: ['after'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    minutes(119)
    await run()
    expect((await read(contact.id)).tags).toEqual(['before'])
    minutes(2)
    await run()
    expect((await read(contact.id)).tags).toEqual(['before', 'after'])
    expect((await history(id, contact.id)).enrolment.status).toBe('completed')
  })

  test('takes the branch whose conditions hold, says why, and goes on behind it', async () => {
    const { id } = await create({
      actions: [
        {
          type: 'if_else',
          conditions: [
            { field: 'tags', operator: 'contains', value: 'VIP' },
            { field: 'city', operator: 'exists' },
          ],
          then: [{ type: 'add_tag', tags: ['then'] }],
          else: [{ type: 'add_tag', tags: ['else'] }],
        },
        { type: 'add_tag', tags: ['behind'] },
      ],
    })
    const vip = await person({ tags: ['vip'], city: 'Rome' })
    const plain = await person({ city: 'Rome' })
    await enrol(vip.id, id)
    await enrol(plain.id, id)
    await run()
    expect((await read(vip.id)).tags).toEqual(['vip', 'then', 'behind'])
    expect((await read(plain.id)).tags).toEqual(['else', 'behind'])
    const [why] = (await history(id, plain.id)).steps
    expect([why.outcome, why.reason]).toEqual(['branch', 'else: tags contains "VIP": no, it is empty'])
  })

  test('leads back by go_to until a condition ends it; without one it is stopped as a circle', async () => {
    const ends = await create({
      actions: [
        {
          id: 'ask',
          type: 'if_else',
          conditions: [{ field: 'tags', operator: 'contains', value: 'two' }],
          then: [{ type: 'end' }],
        },
        {
          type: 'if_else',
          conditions: [{ field: 'tags', operator: 'contains', value: 'one' }],
          then: [{ type: 'add_tag', tags: ['two'] }],
          else: [{ type: 'add_tag', tags: ['one'] }],
        },
        { type: 'go_to', actionId: 'ask' },
      ],
    })
    const circle = await create({
      actions: [
        { id: 'a', type: 'add_tag', tags: ['round'] },
        { type: 'go_to', actionId: 'a' },
      ],
    })
    const contact = await person()
    await enrol(contact.id, ends.id)
    await enrol(contact.id, circle.id)
    await run()
    expect((await history(ends.id, contact.id)).enrolment.status).toBe('completed')
    const { enrolment } = await history(circle.id, contact.id)
    expect([enrolment.status, enrolment.steps, enrolment.reason]).toEqual(['failed', 500, expect.stringContaining('circle')])
  })

  test('of what cannot be done goes on, and says what could not', async () => {
    const { id } = await create({
      actions: [
        { type: 'assign', userId: 'nobody' },
        { type: 'update_field', field: 'email', value: 'nobody at all' },
        { type: 'add_tag', tags: ['still'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    const { steps, enrolment } = await history(id, contact.id)
    expect(steps.map(({ outcome, reason }: { outcome: string; reason: string }) => `${outcome}: ${reason}`)).toEqual([
      'failed: User not found',
      expect.stringMatching(/^failed: .*email/),
      'done: added still',
    ])
    expect([enrolment.status, enrolment.failedSteps, (await read(contact.id)).tags]).toEqual(['completed', 2, ['still']])
  })

  test('that breaks in the middle has done nothing, holds nobody else up, and is tried again', async () => {
    const { id } = await create({
      actions: [
        { type: 'add_tag', tags: ['paid'] },
        { type: 'send_sms', message: 'Once' },
      ],
    })
    const [first, second] = [await person(), await person()]
    await enrol(first.id, id)
    await enrol(second.id, id)
    const before = world.sent.length
    world.set.broken = 2
    await run()
    world.set.broken = 0
    const tagged = [(await read(first.id)).tags, (await read(second.id)).tags]
    expect(tagged.filter((tags) => tags.length > 0)).toEqual([['paid']])
    expect(world.sent.length - before).toBe(1)
    const waiting = [(await history(id, first.id)).enrolment, (await history(id, second.id)).enrolment].find(
      ({ status }) => status === 'active',
    )
    expect(waiting.reason).toBe('failed and is tried again: the database is gone')
    minutes(1.1)
    await run()
    expect([(await read(first.id)).tags, (await read(second.id)).tags, world.sent.length - before]).toEqual([
      ['paid'],
      ['paid'],
      2,
    ])
  })

  test('by many workers at once does each step once', async () => {
    const { id } = await create({
      actions: [
        { type: 'create_note', body: 'once' },
        { type: 'wait', seconds: 1 },
        { type: 'create_note', body: 'twice' },
      ],
    })
    const contacts = await Promise.all(Array.from({ length: 30 }, () => person()))
    await Promise.all(contacts.map((contact) => enrol(contact.id, id)))
    const all = () => Promise.all(Array.from({ length: 6 }, () => run()))
    await all()
    minutes(1)
    await all()
    const { n } = await world.on.db
      .selectFrom('contactNotes')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where(
        'contactId',
        'in',
        contacts.map((contact) => contact.id),
      )
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(60)
  })

  test('leaves a contact that somebody is changing for later, without waiting', async () => {
    const { id } = await create({ actions: [{ type: 'add_tag', tags: ['later'] }] })
    const [busy, free] = [await person(), await person()]
    await enrol(busy.id, id)
    await enrol(free.id, id)
    await world.on.db.transaction().execute(async (db) => {
      await db.selectFrom('contacts').select('id').where('id', '=', busy.id).forUpdate().execute()
      await world.workflows.engine.run()
    })
    expect([(await read(busy.id)).tags, (await read(free.id)).tags]).toEqual([[], ['later']])
    await run()
    expect((await read(busy.id)).tags).toEqual(['later'])
  })
})

describe('being in a workflow', () => {
  test('begins only where it is published, and once at a time', async () => {
    const { id } = await create({ status: 'draft', actions: [{ type: 'wait', days: 1 }] })
    const contact = await person()
    const refused = await enrol(contact.id, id)
    expect([refused.status, refused.body.message]).toEqual([
      400,
      'The workflow is a draft: publish it before contacts are put into it.',
    ])
    expect((await enrol(contact.id, newUuid())).body.message).toBe('Workflow not found')
    await call('PUT', `/workflows/${id}`, { body: { status: 'published' } })
    await Promise.all([enrol(contact.id, id), enrol(contact.id, id), enrol(contact.id, id)])
    expect((await history(id, contact.id)).all).toHaveLength(1)
  })

  test('ends when it is taken out, and can begin again unless the workflow says never', async () => {
    const again = await create({ actions: [{ type: 'wait', days: 1 }] })
    const never = await create({ settings: { reentry: 'never' }, actions: [{ type: 'wait', days: 1 }] })
    const contact = await person()
    for (const { id } of [again, never]) {
      await enrol(contact.id, id)
      expect((await call('DELETE', `/contacts/${contact.id}/workflow/${id}`, { body: {} })).body).toMatchObject({
        succeded: true,
      })
      expect((await history(id, contact.id)).enrolment.status).toBe('removed')
      await enrol(contact.id, id)
    }
    expect([(await history(again.id, contact.id)).all.length, (await history(never.id, contact.id)).all.length]).toEqual([2, 1])
  })

  test('stands still while the workflow is a draft, and goes on once it is published', async () => {
    const { id } = await create({
      actions: [
        { type: 'wait', minutes: 1 },
        { type: 'add_tag', tags: ['on'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    await call('PUT', `/workflows/${id}`, { body: { status: 'draft' } })
    minutes(5)
    await run()
    expect([(await read(contact.id)).tags, (await history(id, contact.id)).enrolment.status]).toEqual([[], 'paused'])
    await call('PUT', `/workflows/${id}`, { body: { status: 'published' } })
    await run()
    expect((await read(contact.id)).tags).toEqual(['on'])
  })

  test('ends with the contact, and with the workflow', async () => {
    const { id } = await create({ actions: [{ type: 'wait', days: 1 }] })
    const contact = await person()
    await enrol(contact.id, id)
    await call('DELETE', `/contacts/${contact.id}`)
    expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(0)
    await enrol((await person()).id, id)
    await call('DELETE', `/workflows/${id}`)
    minutes(2000)
    await run()
  })
})
