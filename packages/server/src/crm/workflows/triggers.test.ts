// biome-ignore-all lint/suspicious/noThenProperty: what a condition leads to is called so on the wire
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, minutes, history, fanOut, hear } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

describe('triggers', () => {
  test('begin a published workflow by the outbox’s events, whose filters let them', async () => {
    const { id } = await create({
      triggers: [{ type: 'tag_added', filters: { tag: 'Lead' } }],
      actions: [{ type: 'add_tag', tags: ['called'] }],
    })
    const contact = await person()
    await call('POST', `/contacts/${contact.id}/tags`, { body: { tags: ['other'] } })
    await call('POST', `/contacts/${contact.id}/tags`, { body: { tags: ['lead'] } })
    for (const { type, payloadText } of world.on.events.slice(-2)) await hear(type, JSON.parse(payloadText))
    await run()
    expect((await read(contact.id)).tags).toEqual(['other', 'lead', 'called'])
    expect((await history(id, contact.id)).all).toHaveLength(1)
  })

  test.each([
    [
      'contact_created',
      'ContactCreate',
      (id: string) => ({ id, tags: ['a'] }),
      { filters: [{ field: 'tags', operator: 'contains', value: 'a' }] },
    ],
    [
      'form_submitted',
      'FormSubmission',
      (id: string) => ({ id: 's', contactId: id, formId: 'f1', others: { size: 'L' } }),
      { filters: { formId: 'f1', 'others.size': 'l' } },
    ],
    [
      'message_received',
      'InboundMessage',
      (id: string) => ({ contactId: id, messageType: 'SMS', body: 'STOP now' }),
      { filters: [{ field: 'body', operator: 'contains', value: 'stop' }] },
    ],
    [
      'appointment',
      'AppointmentCreate',
      (id: string) => ({ appointment: { contactId: id, calendarId: 'c1' } }),
      { filters: { calendarId: 'c1' } },
    ],
    [
      'opportunity_stage',
      'OpportunityStageUpdate',
      (id: string) => ({ id: 'o', contactId: id, pipelineStageId: 's2' }),
      { filters: { pipelineStageId: 's2' } },
    ],
    [
      'order',
      'OrderCreate',
      (id: string) => ({ _id: 'o', contactId: id, amount: 99 }),
      { filters: [{ field: 'amount', operator: 'gt', value: 50 }] },
    ],
  ])('%s: %s', async (type, event, payload, filters) => {
    const { id } = await create({ triggers: [{ type, ...filters }], actions: [{ type: 'add_tag', tags: [type] }] })
    const other = await create({
      triggers: [{ type, filters: { event: 'other' } }],
      actions: [],
    })
    const contact = await person()
    await hear(event, payload(contact.id))
    await run()
    expect((await read(contact.id)).tags).toContain(type)
    expect((await call('GET', `/workflows/${other.id}/enrolments`)).body.total).toBe(0)
    await call('PUT', `/workflows/${id}`, { body: { status: 'draft' } })
  })

  test('a contact that is gone by then, one of another sub-account and a test event begin nothing', async () => {
    const { id } = await create({ triggers: [{ type: 'order' }], actions: [] })
    const token = world.on.token({ locationId: world.on.otherLocationId })
    const theirs = (
      await call('POST', '/contacts/', { token, body: { locationId: world.on.otherLocationId, email: 'o@o.example' } })
    ).body.contact
    const gone = await person()
    await call('DELETE', `/contacts/${gone.id}`)
    for (const contactId of [theirs.id, gone.id, 7, null]) await hear('OrderCreate', { contactId })
    expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(0)
  })

  test('of workflows that start each other come to an end', async () => {
    const ping = await create({
      triggers: [{ type: 'tag_added', filters: { tag: 'ping' } }],
      actions: [
        { type: 'remove_tag', tags: ['ping'] },
        { type: 'add_tag', tags: ['pong'] },
      ],
    })
    await create({
      triggers: [{ type: 'tag_added', filters: { tag: 'pong' } }],
      actions: [
        { type: 'remove_tag', tags: ['pong'] },
        { type: 'add_tag', tags: ['ping'] },
      ],
    })
    const contact = await person()
    world.told.splice(0)
    await hear('ContactTagUpdate', { id: contact.id, tags: ['ping'], tagsAdded: ['ping'] })
    let rounds = 0
    for (; rounds < 50; rounds++) {
      await run()
      if ((await fanOut()) === 0) break
    }
    expect(rounds).toBeLessThan(20)
    const refused = await world.on.db
      .selectFrom('workflowEnrolments')
      .select(['reason', 'depth'])
      .where('contactId', '=', contact.id)
      .where('status', '=', 'refused')
      .execute()
    expect(refused).toEqual([{ reason: expect.stringContaining('workflows have started each other'), depth: 11 }])
    expect((await call('GET', `/workflows/${ping.id}/enrolments`)).body.total).toBeGreaterThan(3)
  })

  test('a link, a schedule and a request from outside', async () => {
    const link = await create({
      triggers: [{ type: 'link_clicked', filters: { linkId: 'l1' } }],
      actions: [{ type: 'add_tag', tags: ['clicked'] }],
    })
    const contact = await person({ tags: ['daily'] })
    await world.on.db
      .transaction()
      .execute((db) =>
        world.workflows.onLinkClicked(
          { db, now: world.on.clock.now() },
          { locationId: world.on.locationId, linkId: 'l1', contactId: contact.id },
        ),
      )
    await world.on.db
      .transaction()
      .execute((db) =>
        world.workflows.onLinkClicked(
          { db, now: world.on.clock.now() },
          { locationId: world.on.locationId, linkId: 'l2', contactId: contact.id },
        ),
      )
    expect((await history(link.id, contact.id)).all).toHaveLength(1)

    const daily = await create({
      triggers: [{ type: 'schedule', tag: 'Daily', at: '09:00' }],
      actions: [{ type: 'add_tag', tags: ['seen'] }],
    })
    const due = await world.on.db
      .selectFrom('workflowTriggers')
      .select('nextAt')
      .where('workflowId', '=', daily.id)
      .executeTakeFirstOrThrow()
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Denver', timeStyle: 'short' }).format(
      due.nextAt ?? undefined,
    )
    expect(local).toBe('09:00')
    minutes(24 * 60)
    for (const job of world.workflows.jobs) await job.run(world.on.clock.now())
    for (const job of world.workflows.jobs) await job.run(world.on.clock.now())
    expect((await history(daily.id, contact.id)).all).toHaveLength(1)
    await call('PUT', `/workflows/${daily.id}`, { body: { status: 'draft' } })

    const hook = await create({
      triggers: [{ type: 'webhook', filters: { kind: 'trial' } }],
      actions: [
        { type: 'if_else', conditions: [{ field: 'trigger.plan', value: 'gold' }], then: [{ type: 'add_tag', tags: ['gold'] }] },
      ],
    })
    const [{ url, token }] = hook.triggers
    expect(url).toBe(`http://127.0.0.1:4000/_ground/workflows/hooks/${token}`)
    const post = (body: unknown, to = url) =>
      world.on.app.inject({
        method: 'POST',
        url: new URL(to).pathname,
        payload: body as object,
        headers: { 'content-type': 'application/json' },
      })
    expect((await post({ kind: 'trial' })).json().message).toMatch(/^Say whom/)
    const answer = await post({ kind: 'trial', plan: 'gold', email: 'hook@flow.example', first_name: 'Hook' })
    expect([answer.statusCode, answer.json().status]).toEqual([200, 'success'])
    await post({ kind: 'other', email: 'other@flow.example' })
    await run()
    expect(await read(answer.json().contactId)).toMatchObject({ firstName: 'Hook', tags: ['gold'] })
    expect((await call('GET', `/workflows/${hook.id}/enrolments`)).body.total).toBe(1)
    world.set.allowed = false
    expect((await post({})).statusCode).toBe(429)
    world.set.allowed = true
    expect((await post([1])).statusCode).toBe(400)
    const changed = await call('PUT', `/workflows/${hook.id}`, { body: { triggers: hook.triggers } })
    expect(changed.body.workflow.triggers[0].token).toBe(token)
    const stolen = await create({ triggers: [{ type: 'webhook', token }] })
    expect(stolen.triggers[0].token).not.toBe(token)
    await call('PUT', `/workflows/${hook.id}`, { body: { status: 'draft' } })
    expect((await post({ email: 'a@b.example' })).statusCode).toBe(404)
  })

  test('ask for what programs send whatever it is: an object that says what it is as text is not asked for it', async () => {
    const { id, triggers } = await create({
      triggers: [{ type: 'webhook', filters: [{ field: 'odd', operator: 'not_eq', value: 'even' }] }],
      actions: [
        {
          type: 'if_else',
          match: 'any',
          conditions: [
            { field: 'trigger.odd', value: 'even' },
            { field: 'trigger.odd', operator: 'gt', value: 1 },
          ],
          then: [{ type: 'add_tag', tags: ['more'] }],
          else: [{ type: 'add_tag', tags: ['else'] }],
        },
      ],
    })
    const answer = await world.on.app.inject({
      method: 'POST',
      url: new URL(triggers[0].url).pathname,
      payload: { email: 'odd@flow.example', odd: [{ toString: 1, valueOf: 1 }] },
    })
    expect(answer.statusCode).toBe(200)
    await run()
    const { contactId } = answer.json()
    expect((await read(contactId)).tags).toEqual(['else'])
    expect((await history(id, contactId)).enrolment.status).toBe('completed')
  })

  test('that came with a copy of another workflow get tokens of their own when it is published', async () => {
    const { id, triggers } = await create({ triggers: [{ type: 'webhook' }] })
    const copy = await create({ status: 'draft', triggers: [{ type: 'webhook' }] })
    await world.on.db
      .updateTable('workflows')
      .set({ triggers: JSON.stringify([{ type: 'webhook', token: triggers[0].token }]) })
      .where('id', '=', copy.id)
      .execute()
    const { status, body } = await call('PUT', `/workflows/${copy.id}`, { body: { status: 'published' } })
    expect([status, body.workflow.triggers.length]).toEqual([200, 1])
    expect(body.workflow.triggers[0].token).not.toBe(triggers[0].token)
    expect((await call('GET', `/workflows/${id}`)).body.workflow.triggers[0].token).toBe(triggers[0].token)
  })
})

describe('an answer of the contact', () => {
  test('ends a wait for it, in time or not, and conditions can ask which', async () => {
    const { id } = await create({
      actions: [
        { type: 'wait', for: 'reply', hours: 1 },
        {
          type: 'if_else',
          conditions: [{ field: 'replied', value: true }],
          then: [{ type: 'add_tag', tags: ['answered'] }],
          else: [{ type: 'add_tag', tags: ['silent'] }],
        },
      ],
    })
    const [loud, quiet] = [await person(), await person()]
    await enrol(loud.id, id)
    await enrol(quiet.id, id)
    await run()
    await hear('InboundMessage', { contactId: loud.id, body: 'yes' })
    await run()
    expect([(await read(loud.id)).tags, (await read(quiet.id)).tags]).toEqual([['answered'], []])
    minutes(61)
    await run()
    expect((await read(quiet.id)).tags).toEqual(['silent'])
    expect((await history(id, quiet.id)).steps.map(({ reason }: { reason: string }) => reason)).toContain(
      'no answer came in time',
    )
  })

  test('stops a workflow that says so', async () => {
    const { id } = await create({
      settings: { stopOnReply: true },
      actions: [
        { type: 'wait', days: 1 },
        { type: 'add_tag', tags: ['nagged'] },
      ],
    })
    const contact = await person()
    await enrol(contact.id, id)
    await run()
    await hear('InboundMessage', { contactId: contact.id, body: 'I am away', automatic: true })
    expect((await history(id, contact.id)).enrolment.status).toBe('active')
    await hear('InboundMessage', { contactId: contact.id, body: 'stop it' })
    const { enrolment } = await history(id, contact.id)
    expect([enrolment.status, enrolment.reason]).toEqual(['stopped', 'the contact answered'])
  })
})
