import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from '../contacts/index.js'
import { customFieldsModule, definitionsOf } from '../custom-fields/index.js'
import {
  clearOpportunityField,
  moveOpportunities,
  opportunitiesModule,
  opportunitiesOfContact,
  opportunityOfContact,
} from './index.js'

let on: ModuleApp
let contactId = ''

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => {
    const contacts = contactPorts(lookups, {
      moves: [moveOpportunities],
      ...({ opportunity: opportunityOfContact, opportunities: opportunitiesOfContact } as object),
    })
    return [
      ...contactsModule(contacts),
      ...customFieldsModule(clearOpportunityField, undefined as never),
      ...opportunitiesModule({
        users: contacts.users,
        locations: contacts.locations as never,
        fields: { definitions: (db, locationId) => definitionsOf(db, locationId, 'opportunity') },
        publicUrl: () => 'http://127.0.0.1:4000',
      }),
    ]
  })
  contactId = await person('Ada')
})
afterAll(() => on?.close())

let serial = 0

const person = async (firstName: string, token?: string, locationId = on.locationId): Promise<string> => {
  const body = { locationId, firstName, lastName: 'Lovelace', email: `${firstName}${++serial}@example.com`.toLowerCase() }
  return (await on.call('POST', '/contacts/', { body, token: token ?? on.token() })).body.contact.id
}

const pipelineWith = async (stages: readonly string[], more: object = {}, token?: string, locationId = on.locationId) => {
  const body = { locationId, name: `Sales ${++serial}`, stages: stages.map((name) => ({ name })), ...more }
  return (await on.call('POST', '/opportunities/pipelines', { body, token: token ?? on.token() })).body.pipeline
}

const create = async (pipelineId: string, more: object = {}) =>
  on.call('POST', '/opportunities/', {
    // A token of its own each time: a hundred calls in ten seconds are all that one has.
    token: on.token(),
    body: { locationId: on.locationId, pipelineId, name: 'Big deal', contactId: await person('Bob'), ...more },
  })

const eventsSince = (from: number) =>
  on.events
    .slice(from)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('Opportunity'))

describe('an opportunity', () => {
  test('is created with 201 in the first stage, and told as created and updated', async () => {
    const pipeline = await pipelineWith(['New', 'Won'])
    const before = on.events.length
    const { status, body } = await create(pipeline.id, { contactId, monetaryValue: 220.1, status: 'open', source: 'web' })
    expect(status).toBe(201)
    expect(body.opportunity).toMatchObject({
      name: 'Big deal',
      monetaryValue: 220.1,
      status: 'open',
      pipelineId: pipeline.id,
      pipelineStageId: pipeline.stages[0].id,
      contactId,
      locationId: on.locationId,
      indexVersion: '1',
      effectiveProbability: 33,
      followers: [],
      customFields: [],
      contact: { id: contactId, name: 'Ada Lovelace', tags: [] },
      relations: [{ associationId: 'OPPORTUNITIES_CONTACTS_ASSOCIATION', recordId: contactId }],
      internalSource: { type: 'CREATED', channel: 'OAUTH', source: 'INTEGRATION' },
    })
    expect(eventsSince(before)).toEqual(['OpportunityCreate', 'OpportunityUpdate'])
    expect(JSON.parse(on.events.at(-1)?.payloadText ?? '')).toMatchObject({
      id: body.opportunity.id,
      dateAdded: body.opportunity.createdAt,
    })
    const read = await on.call('GET', `/opportunities/${body.opportunity.id}`)
    expect([read.status, read.body.opportunity]).toEqual([200, body.opportunity])
  })

  test('tells each kind of change by its own event and as updated; what stays the same is not told', async () => {
    const pipeline = await pipelineWith(['New', 'Done'])
    const { id, pipelineStageId } = (await create(pipeline.id, { monetaryValue: 10 })).body.opportunity
    const change = async (body: object, path = '') => {
      const before = on.events.length
      const reply = await on.call('PUT', `/opportunities/${id}${path}`, { body })
      return [reply.status, ...eventsSince(before)]
    }
    const update = 'OpportunityUpdate'
    expect(await change({ name: 'Other' })).toEqual([200, update])
    expect(await change({ monetaryValue: 11 })).toEqual([200, update, 'OpportunityMonetaryValueUpdate'])
    expect(await change({ pipelineStageId: pipeline.stages[1].id })).toEqual([200, update, 'OpportunityStageUpdate'])
    expect(await change({ status: 'won' }, '/status')).toEqual([200, update, 'OpportunityStatusUpdate'])
    expect(await change({ status: 'won', monetaryValue: 11, pipelineStageId: pipeline.stages[1].id })).toEqual([200, update])
    const after = (await on.call('GET', `/opportunities/${id}`)).body.opportunity
    expect([after.indexVersion, after.effectiveProbability, after.pipelineStageId === pipelineStageId]).toEqual(['6', 100, false])
  })

  test('is lost for a reason of the sub-account, and has none once it is open again', async () => {
    const { id: pipelineId } = await pipelineWith(['New'])
    const reason = await on.call('POST', '/opportunities/lost-reason', { body: { locationId: on.locationId, name: 'Too dear' } })
    expect([reason.status, reason.headers['x-extension']]).toEqual([201, 'true'])
    const lostReasonId = reason.body.lostReason.id
    const { id } = (await create(pipelineId)).body.opportunity
    const put = (body: object) => on.call('PUT', `/opportunities/${id}/status`, { body })
    const read = async () => (await on.call('GET', `/opportunities/${id}`)).body.opportunity
    expect((await put({ status: 'lost', lostReasonId: 'nobodys' })).body.message).toBe('Lost reason not found')
    const lost = await put({ status: 'lost', lostReasonId })
    expect(lost.body).toMatchObject({ success: true, succeded: true, succeeded: true })
    expect(await read()).toMatchObject({ status: 'lost', lostReasonId, effectiveProbability: 0 })
    await put({ status: 'open' })
    expect((await read()).lostReasonId).toBeUndefined()
    expect((await put({ status: 'all' })).status).toBe(422)
    const listed = await on.call('GET', `/opportunities/lost-reason?locationId=${on.locationId}&query=dear`)
    expect([listed.body.total, listed.body.lostReasons[0].name]).toEqual([1, 'Too dear'])
  })

  test('of the same contact in the same pipeline is refused with the one there is, also of 20 at once', async () => {
    const { id: pipelineId } = await pipelineWith(['New'])
    const own = await person('Cleo')
    const replies = await Promise.all(Array.from({ length: 20 }, () => create(pipelineId, { contactId: own })))
    const made = replies.filter(({ status }) => status === 201)
    expect(made.length).toBe(1)
    const refused = replies.find(({ status }) => status === 400)
    expect(refused?.body).toMatchObject({
      message: 'Can not create duplicate opportunity for the contact.',
      code: 'OPPORTUNITY_NO_DUPLICATE',
      meta: { existingId: made[0]?.body.opportunity.id },
    })
  })

  test('is deleted with what the live service says, and is then unknown in its words', async () => {
    const { id: pipelineId } = await pipelineWith(['New'])
    const { id } = (await create(pipelineId)).body.opportunity
    const before = on.events.length
    const removed = await on.call('DELETE', `/opportunities/${id}`)
    expect([removed.status, removed.body.success]).toEqual([200, true])
    expect(eventsSince(before)).toEqual(['OpportunityDelete', 'OpportunityUpdate'])
    const read = await on.call('GET', `/opportunities/${id}`)
    expect([read.status, read.body.message]).toEqual([400, "Opportunity doesn't exist or is deleted."])
  })

  test('keeps its custom fields, by id or key, and is found by them', async () => {
    const { id: pipelineId } = await pipelineWith(['New'])
    const field = (name: string, dataType: string) =>
      on.call('POST', `/locations/${on.locationId}/customFields`, { body: { name, dataType, model: 'opportunity' } })
    const rooms = (await field('Rooms', 'NUMERICAL')).body.customField
    await field('Colour', 'TEXT')
    const sent = [
      { id: rooms.id, field_value: '3' },
      { key: 'colour', fieldValue: 'Deep blue' },
    ]
    const { body } = await create(pipelineId, { customFields: sent })
    expect(body.opportunity.customFields).toEqual([
      { id: rooms.id, fieldValue: 3 },
      { id: expect.any(String), fieldValue: 'Deep blue' },
    ])
    const found = async (filter: object) =>
      (await on.call('POST', '/opportunities/search', { body: { locationId: on.locationId, filters: [filter] } })).body.total
    expect(await found({ field: `custom_fields.${rooms.id}`, operator: 'range', value: { gte: 3 } })).toBe(1)
    expect(await found({ field: `custom_fields.${rooms.id}`, operator: 'range', value: { gt: 3 } })).toBe(0)
    expect(await found({ field: 'custom_fields.opportunity.colour', operator: 'contains', value: 'BLUE' })).toBe(1)
    const unknown = await create(pipelineId, { customFields: [{ key: 'nothing', field_value: 1 }] })
    expect([unknown.status, unknown.body.opportunity.customFields]).toEqual([201, []])
  })

  test('is handed over to another contact of the sub-account, and to none of another', async () => {
    const { id: pipelineId } = await pipelineWith(['New', 'Won'])
    const { id } = (await create(pipelineId)).body.opportunity
    const other = await person('Heir')
    const moved = await on.call('PUT', `/opportunities/${id}`, { body: { contactId: other } })
    expect([moved.status, moved.body.opportunity.contactId, moved.body.opportunity.contact.id]).toEqual([200, other, other])
    const token = on.token({ locationId: on.otherLocationId })
    const foreign = await person('Foreign', token, on.otherLocationId)
    expect((await on.call('PUT', `/opportunities/${id}`, { body: { contactId: foreign } })).status).toBe(400)
    expect((await on.call('GET', `/opportunities/${id}`)).body.opportunity.contactId).toBe(other)
  })

  test('is handed over into another pipeline where the heir has none, whatever the giver has there', async () => {
    const [{ id: here }, { id: there }] = [await pipelineWith(['New']), await pipelineWith(['New'])]
    const [giver, heir] = [await person('Giver'), await person('Heir')]
    await create(there, { contactId: giver })
    const { id } = (await create(here, { contactId: giver })).body.opportunity
    const handOver = (deal: string) => on.call('PUT', `/opportunities/${deal}`, { body: { contactId: heir, pipelineId: there } })
    const { status, body } = await handOver(id)
    expect([status, body.opportunity.contactId, body.opportunity.pipelineId]).toEqual([200, heir, there])
    const { id: second } = (await create(here, { contactId: giver })).body.opportunity
    expect((await handOver(second)).body).toMatchObject({ code: 'OPPORTUNITY_NO_DUPLICATE', meta: { existingId: id } })
  })

  test('counts how often and how far its expected close has slipped', async () => {
    const { id: pipelineId } = await pipelineWith(['New'])
    const { id } = (await create(pipelineId, { forecastExpectedCloseDate: '05/01/2027', forecastProbability: 20 })).body
      .opportunity
    const put = async (day: string) =>
      (await on.call('PUT', `/opportunities/${id}`, { body: { forecastExpectedCloseDate: day } })).body.opportunity
    await put('2027-05-11')
    expect(await put('2027.05.20')).toMatchObject({
      forecastExpectedCloseDate: '2027-05-20',
      forecastOriginalCloseDate: '2027-05-01',
      forecastSlippageCount: 2,
      forecastDaysSlipped: 19,
      effectiveProbability: 20,
    })
    expect((await put('2027-05-02')).forecastSlippageCount).toBe(2)
    expect((await on.call('PUT', `/opportunities/${id}`, { body: { forecastExpectedCloseDate: '2027-02-30' } })).status).toBe(422)
  })
})

describe('upsert', () => {
  test('creates once for a contact in a pipeline, then changes; followers are added and removed', async () => {
    const { id: pipelineId } = await pipelineWith(['New'])
    const own = await person('Dora')
    const userId = 'followerOfDeals00001'
    const now = on.clock.now()
    await on.db
      .insertInto('users')
      .values({
        id: userId,
        companyId: on.companyId,
        firstName: 'F',
        lastName: 'F',
        email: 'f@f.example',
        type: 'agency',
        role: 'admin',
        isOwner: false,
        dateAdded: now,
      } as never)
      .execute()
    const put = (more: object) =>
      on.call('POST', '/opportunities/upsert', { body: { locationId: on.locationId, pipelineId, contactId: own, ...more } })
    const first = await put({ followers: [userId], isRemoveAllFollowers: false, followersActionType: 'add' })
    expect([first.status, first.body.new, first.body.opportunity.name, first.body.opportunity.followers]).toEqual([
      200,
      true,
      'Dora Lovelace',
      [userId],
    ])
    const second = await put({
      name: 'Named',
      monetaryValue: 5,
      followers: [],
      isRemoveAllFollowers: true,
      followersActionType: 'remove',
    })
    expect([second.body.new, second.body.opportunity.id, second.body.opportunity.followers]).toEqual([
      false,
      first.body.opportunity.id,
      [],
    ])
    const added = await on.call('POST', `/opportunities/${first.body.opportunity.id}/followers`, {
      body: { followers: [userId] },
    })
    expect([added.status, added.body.followersAdded]).toEqual([201, [userId]])
    const taken = await on.call('DELETE', `/opportunities/${first.body.opportunity.id}/followers?isRemoveAllFollowers=true`, {
      body: { followers: [] },
    })
    expect([taken.status, taken.body.followers, taken.body.followersRemoved]).toEqual([200, [], [userId]])
    expect((await put({ id: 'nobodysOpportunity00' })).status).toBe(400)
    expect((await put({ contactId: undefined })).status).toBe(422)
  })
})

describe('search', () => {
  let pipeline: { id: string; stages: { id: string }[] }
  let token = ''
  const ids: string[] = []

  beforeAll(async () => {
    const locationId = on.otherLocationId
    token = on.token({ locationId })
    pipeline = await pipelineWith(['One', 'Two'], {}, token, locationId)
    for (const [at, name] of ['Alpha', 'Beta', 'Gamma', 'Delta'].entries()) {
      const body = {
        ...{ locationId, name, pipelineId: pipeline.id, contactId: await person(`P${name}`, token, locationId) },
        pipelineStageId: pipeline.stages[at % 2]?.id,
        monetaryValue: (at + 1) * 100,
        status: at === 3 ? 'won' : 'open',
      }
      ids.push((await on.call('POST', '/opportunities/', { body, token })).body.opportunity.id)
    }
  })

  const list = async (query: string) =>
    on.call('GET', `/opportunities/search?location_id=${on.otherLocationId}&${query}`, { token })
  const names = (body: { opportunities: { name: string }[] }) => body.opportunities.map(({ name }) => name)

  test('lists newest first with sums by stage, each weighted by its probability', async () => {
    const { status, body } = await list('')
    expect([status, names(body), body.meta.total]).toEqual([200, ['Delta', 'Gamma', 'Beta', 'Alpha'], 4])
    expect(body.aggregations).toMatchObject({ totalCount: 4, totalValue: 1000, openValue: 600, wonValue: 400 })
    const [one, two] = pipeline.stages.map(({ id }) =>
      body.aggregations.stages.find((each: { pipelineStageId: string }) => each.pipelineStageId === id),
    )
    expect(one).toMatchObject({ totalCount: 2, totalValue: 400, openWeightedValue: 132, wonValue: 0 })
    expect(two).toMatchObject({ totalCount: 2, totalValue: 600, openWeightedValue: 134, weightedValue: 534, wonValue: 400 })
    expect(body.opportunities[0]).toMatchObject({ notes: [], tasks: [], calendarEvents: [], assignedTo: null })
  })

  test('filters by stage, status, contact, text and day, and ignores empty parameters', async () => {
    expect(names((await list(`pipeline_stage_id=${pipeline.stages[1]?.id}&status=open`)).body)).toEqual(['Beta'])
    expect(names((await list('q=gam&pipeline_id=&assigned_to=&id=&order=')).body)).toEqual(['Gamma'])
    expect(names((await list('q=PALPHA')).body)).toEqual(['Alpha'])
    expect(names((await list('status=all&order=value_asc&limit=2')).body)).toEqual(['Alpha', 'Beta'])
    const today = on.clock.now().toISOString().slice(0, 10)
    const [year, month, day] = today.split('-')
    expect((await list(`date=${month}-${day}-${year}&endDate=${month}-${day}-${year}`)).body.meta.total).toBe(4)
    expect((await list('endDate=01-01-2020')).body.meta.total).toBe(0)
    expect((await list('date=13-45-2020')).status).toBe(422)
  })

  test('pages by number and by cursor, each row once', async () => {
    const first = (await list('limit=3')).body
    expect([first.meta.currentPage, first.meta.nextPage, first.meta.prevPage]).toEqual([1, 2, null])
    const { startAfter, startAfterId } = first.meta
    const second = (await list(`limit=3&startAfter=${startAfter}&startAfterId=${startAfterId}`)).body
    expect([...names(first), ...names(second)]).toEqual(['Delta', 'Gamma', 'Beta', 'Alpha'])
    expect(second.meta.nextPageUrl).toBeNull()
    expect(names((await list('limit=3&page=2')).body)).toEqual(['Alpha'])
  })

  test('takes camelCase names under v3, and snake_case there no more', async () => {
    const v3 = (query: string) => on.call('GET', `/opportunities/search?${query}`, { token, headers: { version: 'v3' } })
    const reply = await v3(`locationId=${on.otherLocationId}&pipelineStageId=${pipeline.stages[0]?.id}`)
    expect([reply.status, names(reply.body)]).toEqual([200, ['Gamma', 'Alpha']])
    expect((await v3(`location_id=${on.otherLocationId}`)).status).toBe(422)
  })

  test('POST answers 201, speaks the filter language and goes on after a cursor of texts', async () => {
    const search = (body: object) =>
      on.call('POST', '/opportunities/search', { token, body: { locationId: on.otherLocationId, ...body } })
    const filters = [
      {
        group: 'OR',
        filters: [
          { field: 'name', operator: 'contains', value: 'alp' },
          { field: 'monetary_value', operator: 'range', value: { gte: 300 } },
        ],
      },
      { field: 'status', operator: 'eq', value: 'open' },
    ]
    const { status, body } = await search({ filters, sort: [{ field: 'monetary_value', direction: 'asc' }] })
    expect([status, names(body), body.total]).toEqual([201, ['Alpha', 'Gamma'], 2])
    expect(body.stageAggregations).toEqual([
      expect.objectContaining({ pipelineStageId: pipeline.stages[0]?.id, totalValue: 400 }),
    ])
    expect(
      names((await search({ filters: [{ field: 'contact_name', operator: 'not_contains', value: 'pbeta' }] })).body),
    ).toEqual(['Delta', 'Gamma', 'Alpha'])
    const first = (await search({ limit: 2, page: 0 })).body
    const cursor = first.opportunities[1].sort.map(String)
    expect(names((await search({ limit: 2, searchAfter: cursor })).body)).toEqual(['Beta', 'Alpha'])
    expect((await search({ filters: [{ field: 'pipelineId', operator: 'eq', value: 'x' }] })).status).toBe(422)
    expect((await search({ query: '', searchAfter: [], limit: 1 })).body.opportunities.length).toBe(1)
  })

  test('of contacts finds those with an opportunity, and shows it', async () => {
    const value = [
      { field: 'pipelineStageId', operator: 'eq', value: pipeline.stages[1]?.id },
      { field: 'status', operator: 'eq', value: 'won' },
    ]
    const { body } = await on.call('POST', '/contacts/search', {
      token,
      body: { locationId: on.otherLocationId, pageLimit: 10, filters: [{ field: 'opportunities', operator: 'nested', value }] },
    })
    expect([body.total, body.contacts[0].firstName]).toEqual([1, 'PDelta'])
    expect(body.contacts[0].opportunities).toEqual([
      { id: ids[3], pipelineId: pipeline.id, pipelineStageId: pipeline.stages[1]?.id, monetaryValue: 400, status: 'won' },
    ])
  })

  test('another sub-account finds, reads and changes nothing of it', async () => {
    const foreign = on.token()
    const calls: [string, string, object?][] = [
      ['GET', `/opportunities/${ids[0]}`],
      ['PUT', `/opportunities/${ids[0]}`, { name: 'Theirs' }],
      ['PUT', `/opportunities/${ids[0]}/status`, { status: 'won' }],
      ['DELETE', `/opportunities/${ids[0]}`],
      ['POST', `/opportunities/${ids[0]}/followers`, { followers: [] }],
      ['GET', `/opportunities/pipelines/${pipeline.id}`],
      ['PUT', `/opportunities/pipelines/${pipeline.id}`, { name: 'Theirs' }],
      ['DELETE', `/opportunities/pipelines/${pipeline.id}`],
    ]
    for (const [method, path, body] of calls) expect((await on.call(method, path, { token: foreign, body })).status).toBe(400)
    expect((await on.call('GET', `/opportunities/search?location_id=${on.otherLocationId}`, { token: foreign })).status).toBe(403)
    const misplaced = await create(pipeline.id)
    expect([misplaced.status, misplaced.body.message]).toEqual([400, 'The pipeline id is invalid.'])
  })
})

describe('a pipeline', () => {
  test('answers its stages as objects, in an envelope and bare, and is listed in order', async () => {
    const pipeline = await pipelineWith(['A', 'B', 'C'])
    const { status, body } = await on.call('GET', `/opportunities/pipelines/${pipeline.id}`)
    expect([status, body.id, body.pipeline]).toEqual([200, pipeline.id, pipeline])
    expect(
      pipeline.stages.map(({ name, position, stageWinProbability }: Record<string, unknown>) => [
        name,
        position,
        stageWinProbability,
      ]),
    ).toEqual([
      ['A', 0, 25],
      ['B', 1, 50],
      ['C', 2, 75],
    ])
    const listed = (await on.call('GET', `/opportunities/pipelines?locationId=${on.locationId}`)).body.pipelines
    expect(listed.at(-1)).toEqual(pipeline)
    const same = await on.call('POST', '/opportunities/pipelines', {
      body: { locationId: on.locationId, name: pipeline.name.toUpperCase(), stages: [{ name: 'A' }] },
    })
    expect(same.status).toBe(400)
  })

  test('keeps stages by id, makes new ones, and moves what was in a stage that goes to the first that stays', async () => {
    const { id, stages } = await pipelineWith(['A', 'B', 'C'])
    const [a, b, c] = stages
    const { id: dealId } = (await create(id, { pipelineStageId: c.id })).body.opportunity
    const before = on.events.length
    const { status, body } = await on.call('PUT', `/opportunities/pipelines/${id}`, {
      body: { stages: [{ id: b.id, name: 'Bee' }, { name: 'New' }, { id: a.id, name: 'A' }] },
    })
    expect(status).toBe(200)
    expect(body.pipeline.stages.map(({ name }: { name: string }) => name)).toEqual(['Bee', 'New', 'A'])
    expect(body.pipeline.stages[0].id).toBe(b.id)
    expect((await on.call('GET', `/opportunities/${dealId}`)).body.opportunity.pipelineStageId).toBe(b.id)
    expect(eventsSince(before)).toEqual(['OpportunityStageUpdate', 'OpportunityUpdate'])
    const put = (body: object) => on.call('PUT', `/opportunities/pipelines/${id}`, { body })
    expect((await put({ stages: [] })).status).toBe(422)
    expect((await put({ stages: [{ name: 'x' }, { name: ' X ' }] })).status).toBe(422)
    expect((await put({ stages: [{ id: c.id, name: 'C' }] })).body.message).toBe('Stage not found')
    const manual = await put({ useOpportunityProbability: true, stages: [{ id: a.id, name: 'A', stageWinProbability: 7 }] })
    expect(manual.body.pipeline.stages[0].stageWinProbability).toBe(7)
  })

  test('takes every opportunity in it along when it is deleted, and says so of each', async () => {
    const { id } = await pipelineWith(['A'])
    const deal = (await create(id)).body.opportunity
    await create(id)
    const before = on.events.length
    const removed = await on.call('DELETE', `/opportunities/pipelines/${id}`)
    expect([removed.status, removed.body.success, removed.headers['x-extension']]).toEqual([200, true, 'true'])
    expect(eventsSince(before).filter((type) => type === 'OpportunityDelete').length).toBe(2)
    expect((await on.call('GET', `/opportunities/${deal.id}`)).status).toBe(400)
    expect((await on.call('GET', `/opportunities/pipelines/${id}`)).body.message).toBe('Pipeline not found')
  })
})

test('people who see only what is assigned to them find, read and change no other opportunity', async () => {
  const { id: pipelineId } = await pipelineWith(['A'])
  const userId = 'ownerOfOneDeal000001'
  const person = { id: userId, companyId: on.companyId, firstName: 'O', lastName: 'O', email: 'o@o.example', type: 'agency' }
  const row = { ...person, role: 'admin', isOwner: false, dateAdded: on.clock.now() }
  await on.db
    .insertInto('users')
    .values(row as never)
    .execute()
  const theirs = (await create(pipelineId, { assignedTo: userId })).body.opportunity
  const other = (await create(pipelineId)).body.opportunity
  const token = on.token({ onlyAssignedTo: userId })
  const path = `/opportunities/search?location_id=${on.locationId}&pipeline_id=${pipelineId}`
  const { opportunities, meta } = (await on.call('GET', path, { token })).body
  expect([opportunities.map(({ id }: { id: string }) => id), meta.total]).toEqual([[theirs.id], 1])
  expect((await on.call('GET', `/opportunities/${theirs.id}`, { token })).status).toBe(200)
  for (const [method, body] of [['GET'], ['PUT', { name: 'Mine' }], ['DELETE']] as [string, object?][])
    expect((await on.call(method, `/opportunities/${other.id}`, { token, body })).status).toBe(400)
})

test('merging two contacts hands opportunities on', async () => {
  const { id: pipelineId } = await pipelineWith(['A'])
  const from = await person('From')
  const to = await person('To')
  const { id } = (await create(pipelineId, { contactId: from })).body.opportunity
  const merged = await on.call('POST', '/_ground/contacts/merge', {
    body: { locationId: on.locationId, contactId: to, mergedId: from },
  })
  expect(merged.status).toBe(200)
  expect((await on.call('GET', `/opportunities/${id}`)).body.opportunity.contactId).toBe(to)
})
