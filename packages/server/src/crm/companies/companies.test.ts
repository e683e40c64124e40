import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentity } from '../../identity/index.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { companiesModule } from './index.js'

let on: ModuleApp
let agency: string

beforeAll(async () => {
  on = await moduleApp(({ db }) =>
    companiesModule({ sandbox: true, identity: createIdentity({ db, config: { publicUrl: undefined } }) }),
  )
  agency = on.token({ actor: 'agency', locationId: undefined })
})
afterAll(() => on?.close())

test('an agency sees its own profile with what is known of it, and how many sub-accounts it has', async () => {
  const profile = JSON.stringify({ businessNiche: 'Dentists' })
  await on.db
    .updateTable('companies')
    .set({ city: 'Palo Alto', country: 'US', domain: 'app.example', profile })
    .where('id', '=', on.companyId)
    .execute()
  const { status, body } = await on.call('GET', `/companies/${on.companyId}`, { token: agency })
  expect(status).toBe(200)
  expect(body.company).toMatchObject({
    id: on.companyId,
    name: 'Agency',
    city: 'Palo Alto',
    domain: 'app.example',
    businessNiche: 'Dentists',
    customerType: 'agency',
    status: 'active',
    locationCount: 2,
    isSandboxAccount: true,
  })
  expect(body.company.relationshipNumber).toMatch(/^0-\d{3}-\d{3}$/)
  expect(body.company).not.toHaveProperty('email')
})

test('another agency’s profile is a 403, whether it is there or not, and a sub-account’s token sees none', async () => {
  const identity = createIdentity({ db: on.db, config: { publicUrl: undefined } })
  const foreign = await identity.createCompany(on.db, { name: 'Other' }, on.clock.now())
  for (const id of [foreign, 'doesNotExist00000000']) {
    expect((await on.call('GET', `/companies/${id}`, { token: agency })).status).toBe(403)
    expect((await on.call('GET', `/companies/${id}?companyId=${on.companyId}`, { token: agency })).status).toBe(403)
  }
  expect((await on.call('GET', `/companies/${on.companyId}`)).status).toBe(401)
})
