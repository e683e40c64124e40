import { afterAll, beforeAll, expect, test } from 'vitest'
import { callApi } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld } from '../../testing/oauth-world.js'

let world: OAuthWorld
let token: string
let locationId: string
let calendarId: string
let pipelineId: string

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => callApi(world, token, method, path, body)

beforeAll(async () => {
  world = await oauthWorld()
  locationId = world.north.locations[0] ?? ''
  const scopes = ['contacts', 'calendars', 'calendars/events', 'opportunities'].flatMap((name) => [
    `${name}.readonly`,
    `${name}.write`,
  ])
  const grant = { companyId: world.north.id, locationId, name: 'test', scopes, now: world.clock.now() }
  token = (await world.oauth.createPrivateToken(world.db, grant)).token
  calendarId = (await call('POST', '/calendars/', { locationId, name: 'Visits' })).json().calendar.id
  const stages = [{ name: 'New', position: 0 }]
  pipelineId = (await call('POST', '/opportunities/pipelines', { locationId, name: 'Sales', stages })).json().pipeline.id
})
afterAll(() => world?.close())

let day = 3
const contactWithMuch = async (firstName: string) => {
  const contactId = (await call('POST', '/contacts/', { locationId, firstName })).json().contact.id as string
  const startTime = `2031-03-${String(++day).padStart(2, '0')}T10:00:00Z`
  const wish = { locationId, calendarId, contactId, startTime, ignoreFreeSlotValidation: true }
  const appointmentId = (await call('POST', '/calendars/events/appointments', wish)).json().id as string
  const deal = { locationId, pipelineId, contactId, name: `${firstName}’s roof`, status: 'open' }
  const opportunityId = (await call('POST', '/opportunities/', deal)).json().opportunity.id as string
  return { contactId, appointmentId, opportunityId }
}

/** What was told of deletions since the last time that somebody asked. */
let seen = 0
const told = async () => {
  const rows = await world.db
    .selectFrom('events')
    .select(['type', 'payload'])
    .where('type', 'like', '%Delete')
    .orderBy('seq')
    .execute()
  const fresh = rows.slice(seen)
  seen = rows.length
  return fresh.map(({ type, payload }) => [type, JSON.parse(payload)] as const)
}

test('what goes with a deleted contact is told, and what is another’s stays', async () => {
  const gone = await contactWithMuch('Ada')
  const kept = await contactWithMuch('Grace')
  expect((await call('DELETE', `/contacts/${gone.contactId}`)).statusCode).toBe(200)
  expect(await told()).toMatchObject([
    ['AppointmentDelete', { appointment: { id: gone.appointmentId, contactId: gone.contactId, calendarId } }],
    ['OpportunityDelete', { id: gone.opportunityId, contactId: gone.contactId, pipelineId, name: 'Ada’s roof' }],
    ['ContactDelete', { id: gone.contactId }],
  ])
  expect((await call('GET', `/opportunities/${gone.opportunityId}`)).statusCode).toBe(400)
  expect((await call('GET', `/opportunities/${kept.opportunityId}`)).statusCode).toBe(200)
  expect((await call('GET', `/calendars/events/appointments/${kept.appointmentId}`)).statusCode).toBe(200)
  expect((await call('DELETE', `/contacts/${gone.contactId}`)).statusCode).toBe(400)
  expect(await told()).toEqual([])
})

test('of an erased person ids alone are told', async () => {
  const { contactId, appointmentId, opportunityId } = await contactWithMuch('Zebulon')
  expect((await call('POST', `/_ground/contacts/${contactId}/erase`, {})).statusCode).toBe(200)
  expect(await told()).toEqual([
    ['AppointmentDelete', { appointment: { id: appointmentId } }],
    ['OpportunityDelete', { id: opportunityId }],
    ['ContactDelete', { id: contactId }],
  ])
})
