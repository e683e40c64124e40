import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../ids.js'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'
import { dayIds } from '../contacts/index.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, history, minutes, hear, fanOut } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

const refused = async (definition: object) => {
  const body = { locationId: world.on.locationId, name: 'No', ...definition }
  const { status, body: said } = await call('POST', '/workflows/', { body })
  expect(status).toBe(422)
  return said.message
}
const said = async (workflowId: string, contactId: string) =>
  (await history(workflowId, contactId)).steps.map(({ outcome, reason }: Record<string, string>) => `${outcome}: ${reason}`)
const countIn = async (workflowId: string) => (await call('GET', `/workflows/${workflowId}/enrolments`)).body.total
const statusIn = async (workflowId: string, contactId: string) => (await history(workflowId, contactId)).enrolment.status

describe('triggers', () => {
  /** What calls have told since, heard as fan-out does. */
  const hearCalls = async (from: number) => {
    for (const { type, payloadText } of world.on.events.slice(from)) await hear(type, JSON.parse(payloadText))
  }

  test('of a tag that is taken off hear each way in which one goes', async () => {
    const { id } = await create({ triggers: [{ type: 'tag_removed', filters: [{ field: 'tag', value: 'vip' }] }], actions: [] })
    const people = []
    for (let at = 0; at < 5; at++) people.push(await person({ tags: ['vip', 'old'] }))
    const [one, bulk, updated, other, flow] = people
    const from = world.on.events.length
    const { locationId } = world.on
    await call('DELETE', `/contacts/${one.id}/tags`, { body: { tags: ['vip'] } })
    await call('POST', '/contacts/bulk/tags/update/remove', { body: { contacts: [bulk.id], tags: ['vip'], locationId } })
    await call('PUT', `/contacts/${updated.id}`, { body: { tags: ['old'] } })
    await call('DELETE', `/contacts/${other.id}/tags`, { body: { tags: ['old'] } })
    await hearCalls(from)
    expect(await countIn(id)).toBe(3)
    const takesOff = await create({ actions: [{ type: 'remove_tag', tags: ['vip'] }] })
    await enrol(flow.id, takesOff.id)
    world.told.splice(0)
    await run()
    await fanOut()
    expect(await countIn(id)).toBe(4)
  })

  test('of notes, tasks, do-not-disturb, mails and opportunities hear their events, filtered by what they tell', async () => {
    const contact = await person()
    const about = { contactId: contact.id }
    const mail = (event: string) => ({
      ...{ companyId: 'c', contactId: contact.id },
      webhookPayload: { event, recipient: 'a@b.example', message: { headers: { subject: 'Hello', 'message-id': 'm1' } } },
    })
    const cases = [
      ['note_added', { body: 'urgent' }, 'NoteCreate', { ...about, id: 'n', body: 'urgent' }, { ...about, body: 'x' }],
      ['task_added', { title: 'Call' }, 'TaskCreate', { ...about, id: 't', title: 'Call' }, { ...about, title: 'x' }],
      ['task_completed', { title: 'Call' }, 'TaskComplete', { ...about, id: 't', title: 'Call' }, { ...about, title: 'x' }],
      ['dnd_changed', { dnd: true }, 'ContactDndUpdate', { id: contact.id, dnd: true }, { id: contact.id, dnd: false }],
      ['email_event', { event: 'opened', subject: 'Hello' }, 'LCEmailStats', mail('opened'), mail('delivered')],
      [
        'opportunity_created',
        { pipelineId: 'p' },
        'OpportunityCreate',
        { ...about, pipelineId: 'p' },
        { ...about, pipelineId: 'q' },
      ],
      [
        'opportunity_status',
        { status: 'won' },
        'OpportunityStatusUpdate',
        { ...about, status: 'won' },
        { ...about, status: 'lost' },
      ],
      [
        'opportunity_changed',
        { event: 'OpportunityMonetaryValueUpdate' },
        'OpportunityMonetaryValueUpdate',
        about,
        { contactId: '' },
      ],
    ] as const
    for (const [type, filters, event, fits, not] of cases) {
      const { id } = await create({ triggers: [{ type, filters }], actions: [] })
      await hear(event, not)
      expect([type, await countIn(id)]).toEqual([type, 0])
      await hear(event, fits)
      expect([type, await countIn(id)]).toEqual([type, 1])
    }
    expect(await refused({ triggers: [{ type: 'email_event', filters: { color: 'red' } }] })).toEqual([
      'triggers.0.filters.color must be one of the following values: event, recipient, subject, emailMessageId',
    ])
  })

  test('of dates come round once a day at their hour on the wall: birthdays every year, others on their day, missed ones too', async () => {
    const { locationId, db, clock } = world.on
    const day = async (offset: number) => {
      const wall = new Date(clock.now().getTime() + offset * 86_400_000).toLocaleDateString('sv', { timeZone: 'America/Denver' })
      return wall
    }
    const fieldId = newId(clock.now())
    const field = { locationId, objectKey: 'contact', documentType: 'field', dataType: 'DATE', parentId: 'p' }
    const shown = { placeholder: '', options: '[]', acceptedFormats: [], isMultipleFile: false, allowCustomOption: false }
    const dates = { showInForms: false, dateAdded: clock.now(), dateUpdated: clock.now() }
    await db
      .insertInto('customFields')
      .values({ ...field, ...shown, ...dates, id: fieldId, name: 'Renewal', fieldKey: 'contact.renewal', position: 0 } as never)
      .execute()
    const born = await person({ dateOfBirth: `1990${(await day(2)).slice(4)}` })
    const later = await person({ dateOfBirth: `1980${(await day(3)).slice(4)}` })
    const renews = await person({ customFields: [{ id: fieldId, value: await day(9) }] })
    const birthday = await create({ triggers: [{ type: 'date', at: '09:00' }], actions: [] })
    const renewal = await create({
      triggers: [{ type: 'date', field: 'contact.renewal', daysBefore: 7, at: '09:00' }],
      actions: [],
    })
    const [job] = world.workflows.jobs
    for (let hour = 0; hour < 24; hour++) {
      minutes(60)
      await job?.run(clock.now())
    }
    // Down for four days, and up again.
    minutes(4 * 1440)
    await job?.run(clock.now())
    expect((await history(birthday.id, born.id)).all).toHaveLength(1)
    expect((await history(birthday.id, later.id)).all).toHaveLength(1)
    expect(await countIn(birthday.id)).toBe(2)
    expect((await history(renewal.id, renews.id)).all).toHaveLength(1)
    expect(await refused({ triggers: [{ type: 'date', field: 'color' }] })).toEqual([
      'triggers.0.field must be one of the following values: dateOfBirth, or a custom field of the sub-account',
    ])
  })

  test('of birthdays find those of a leap day on the day before, in their own sub-account', async () => {
    const { locationId, db } = world.on
    const leap = await person({ dateOfBirth: '2000-02-29' })
    const about = (day: string) => ({ fieldId: undefined, day, everyYear: true })
    expect(await dayIds(db, locationId, about('2027-02-28'), '', 10)).toContain(leap.id)
    expect(await dayIds(db, locationId, about('2028-02-28'), '', 10)).not.toContain(leap.id)
    expect(await dayIds(db, locationId, about('2028-02-29'), '', 10)).toContain(leap.id)
    expect(await dayIds(db, world.on.otherLocationId, about('2028-02-29'), '', 10)).toEqual([])
  })
})

describe('steps', () => {
  test('reckon with fields, each contact with its own', async () => {
    const { id } = await create({
      actions: [
        { type: 'update_field', field: 'postalCode', value: '10' },
        { type: 'math', field: 'postalCode', operator: 'multiply', value: '{{contact.city}}' },
        { type: 'math', field: 'postalCode', operator: 'subtract', value: 0.1 },
        { type: 'math', field: 'dateOfBirth', operator: 'add_days', value: 1 },
      ],
    })
    const two = await person({ city: '2', dateOfBirth: '2000-02-28' })
    const none = await person({ city: 'Rome' })
    await Promise.all([two, none].map((each) => enrol(each.id, id)))
    await run()
    expect((await read(two.id)).postalCode).toBe('19.9')
    expect((await read(two.id)).dateOfBirth).toMatch(/^2000-02-29/)
    expect(await said(id, none.id)).toEqual([
      'done: set postalCode',
      'failed: "Rome" is no number',
      'done: set postalCode to 9.9',
      'failed: null is no date',
    ])
    expect(await refused({ actions: [{ type: 'math', field: 'color', operator: 'add', value: 'x' }] })).toEqual([
      'actions.0.value must be a number, or a text with a merge field that is one',
    ])
  })

  test('switch do-not-disturb, and take the owner away', async () => {
    const { id } = await create({
      actions: [{ type: 'set_dnd', on: true, channels: ['SMS'] }, { type: 'set_dnd', on: true }, { type: 'unassign' }],
    })
    const contact = await person()
    await enrol(contact.id, id)
    world.told.splice(0)
    await run()
    expect(await read(contact.id)).toMatchObject({ dnd: true, dndSettings: { SMS: { status: 'active' } } })
    expect(world.told.map(({ type }) => type)).toContain('ContactDndUpdate')
    expect((await said(id, contact.id)).at(-1)).toBe('skipped: nobody has the contact')
  })

  test('put contacts into another workflow and take them out again, of one, of all others or of their own', async () => {
    const waits = await create({ actions: [{ type: 'wait', days: 1 }] })
    const other = await create({ actions: [{ type: 'wait', days: 1 }] })
    const draft = await create({ status: 'draft', actions: [] })
    const puts = await create({
      actions: [waits.id, other.id, waits.id, draft.id, 'nowhere'].map((workflowId) => ({ type: 'add_to_workflow', workflowId })),
    })
    const people = [await person(), await person()]
    for (const { id } of people) await enrol(id, puts.id)
    await run()
    for (const { id } of people) {
      expect(await said(puts.id, id)).toEqual([
        `done: put into workflow ${waits.id}`,
        `done: put into workflow ${other.id}`,
        'skipped: the contact is in it, or was',
        'skipped: the workflow is a draft',
        'skipped: there is no such workflow',
      ])
      expect((await history(waits.id, id)).enrolment).toMatchObject({ status: 'active', depth: 1 })
    }
    const [one, all] = people
    const takes = await create({
      actions: [
        { type: 'remove_from_workflow', workflowId: waits.id },
        { type: 'create_note', body: 'x' },
      ],
    })
    await enrol(one.id, takes.id)
    await run()
    expect([await statusIn(waits.id, one.id), await statusIn(other.id, one.id)]).toEqual(['removed', 'active'])
    const leaves = await create({
      actions: [
        { type: 'remove_from_workflow', from: 'all' },
        { type: 'create_note', body: 'never' },
      ],
    })
    await enrol(all.id, leaves.id)
    await run()
    expect([await statusIn(waits.id, all.id), await statusIn(other.id, all.id), await statusIn(leaves.id, all.id)]).toEqual([
      'removed',
      'removed',
      'removed',
    ])
    expect(await said(leaves.id, all.id)).toEqual(['ended: taken out of 2 workflows, and leaves this one'])
  })

  test('that start each other are bounded when they do so by a step too', async () => {
    const first = await create({ actions: [] })
    const second = await create({ actions: [{ type: 'add_to_workflow', workflowId: first.id }] })
    await call('PUT', `/workflows/${first.id}`, { body: { actions: [{ type: 'add_to_workflow', workflowId: second.id }] } })
    const contact = await person()
    await enrol(contact.id, first.id)
    await run()
    const all = [...(await history(first.id, contact.id)).all, ...(await history(second.id, contact.id)).all]
    expect(all.filter(({ status }) => status === 'refused')).toHaveLength(1)
    expect(all.length).toBe(12)
  })

  test('that need what another is changing are done once it is free, and hold up nobody', async () => {
    const waits = await create({ actions: [{ type: 'wait', days: 1 }] })
    const takes = await create({ actions: [{ type: 'remove_from_workflow', from: 'others' }] })
    const contact = await person()
    await enrol(contact.id, waits.id)
    await run()
    await enrol(contact.id, takes.id)
    const held = (await history(waits.id, contact.id)).enrolment.id
    await world.on.db.transaction().execute(async (db) => {
      await db.selectFrom('workflowEnrolments').select('id').where('id', '=', held).forUpdate().execute()
      await world.workflows.engine.run()
      expect((await history(takes.id, contact.id)).steps).toEqual([])
    })
    minutes(0.1)
    await run()
    expect([await said(takes.id, contact.id), await statusIn(waits.id, contact.id)]).toEqual([
      ['done: taken out of a workflow'],
      'removed',
    ])
  })

  test('wait for what happens, at most so long, and tell which of the two it was', async () => {
    const wait = { type: 'wait', on: 'note_added', filters: { body: 'yes' }, days: 2 }
    const { id } = await create({
      actions: [
        {
          type: 'if_else',
          conditions: [{ field: 'city', operator: 'exists' }],
          else: [
            wait,
            { type: 'if_else', conditions: [{ field: 'happened', value: true }], else: [{ type: 'end' }] },
            { type: 'create_note', body: 'x' },
          ],
        },
      ],
    })
    const [hears, not, elsewhere] = [await person(), await person(), await person({ city: 'Rome' })]
    for (const each of [hears, not, elsewhere]) await enrol(each.id, id)
    await run()
    expect((await history(id, hears.id)).enrolment).toMatchObject({ status: 'active', waitingFor: 'event' })
    await hear('NoteCreate', { contactId: hears.id, body: 'no' })
    await run()
    expect(await statusIn(id, hears.id)).toBe('active')
    await hear('NoteCreate', { contactId: hears.id, body: 'yes' })
    await run()
    expect((await said(id, hears.id)).slice(2)).toEqual([
      'done: note_added has happened',
      'branch: then: happened eq true: yes, it is true',
      expect.stringContaining('done: wrote note'),
    ])
    minutes(2 * 1440 + 1)
    await run()
    expect((await said(id, not.id)).slice(2)).toEqual([
      'done: note_added did not happen in time',
      'branch: else: happened eq true: no, it is false',
      'ended: the workflow ends here',
    ])
    expect(await statusIn(id, not.id)).toBe('completed')
    expect(await refused({ actions: [{ type: 'wait', days: 1, filters: { body: 'x' } }] })).toEqual([
      'actions.0.filters are of an event: say which with on',
    ])
  })

  test('tell users in text: what a contact has filled in is no HTML of the e-mail', async () => {
    const notice = { type: 'notify', title: '{{contact.first}} came', message: 'See\n{{contact.city}}', users: ['u'] }
    const { id } = await create({ actions: [{ ...notice, channel: 'email' }, notice] })
    const contact = await person({ city: '<a href="//x.example">Rome</a>' })
    await enrol(contact.id, id)
    await run()
    expect(world.noticed.map(({ channel, body, contactId }) => [channel, body, contactId])).toEqual([
      ['email', '<p>See<br>&lt;a href=&quot;//x.example&quot;&gt;Rome&lt;/a&gt;</p>', contact.id],
      ['inApp', 'See\n<a href="//x.example">Rome</a>', contact.id],
    ])
  })

  test('say what is missing of them', async () => {
    const actions = [
      { type: 'update_opportunity' },
      { type: 'notify', title: 'x' },
      { type: 'set_dnd' },
      { type: 'remove_from_workflow', from: 'all', workflowId: 'x' },
      { type: 'update_appointment', status: 'gone' },
    ]
    expect(await refused({ actions })).toEqual([
      'actions.0.pipelineStageId should not be empty',
      'actions.1 must say whom to tell: users, owner or admins',
      'actions.2.on should not be empty',
      'actions.3 must have either workflowId or from',
      'actions.4.status must be a valid enum value: confirmed, new, showed, noshow, cancelled, invalid',
    ])
  })
})
