import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person, Place } from '../../http/principal.js'
import { newHexId } from '../../ids.js'
import { type Browser, type PortalApp, portalApp } from '../../testing/portal-app.js'
import { addable } from './store.rules.js'

let on: PortalApp
let dana: Browser
/** Owner of an agency of their own. */
let olga: Browser
let agencyId: string

beforeAll(async () => {
  on = await portalApp()
  dana = await on.developer('Dana')
  olga = on.browser()
  const owner = {
    name: 'Olga',
    email: 'olga@agency.example',
    password: 'correct horse',
    companyName: 'Olga & Co',
    locationName: 'Shop',
  }
  const { body } = await olga.send('POST', '/_ground/accounts/first-run', owner)
  agencyId = body.account.places.find((place: Place) => place.kind === 'agency').id
})
afterAll(() => on?.close())

const publish = async (name: string, fields: object = {}) => {
  const body = {
    name,
    targetUser: 'location',
    redirectUris: ['https://a.example/cb?x=1'],
    scopes: ['contacts.readonly', 'users.write'],
    ...fields,
  }
  return (await dana.send('POST', '/_ground/apps', body)).body.app
}
const listed = async (query = '') => (await on.browser().send('GET', `/_ground/store${query}`)).body
const names = ({ apps }: { apps: { name: string }[] }) => apps.map(({ name }) => name)
const page = async (id: string, browser = on.browser()) => (await browser.send('GET', `/_ground/store/${id}`)).body

describe('the store', () => {
  test('lists public apps in the order of the alphabet, at once, and no private one', async () => {
    await publish('zebra mail')
    await publish('Aardvark Calls')
    await publish('Hidden Helper', { appType: 'private' })
    expect(names(await listed())).toEqual(['Aardvark Calls', 'zebra mail'])
  })

  test('finds by name, tagline and category, and takes % and _ for what they are', async () => {
    const app = await publish('Finder 100%', { tagline: 'Sorts your mail_box' })
    await dana.send('PUT', `/_ground/apps/${app.id}`, { categories: ['Inbox'] })
    expect(names(await listed('?query=FINDER'))).toEqual(['Finder 100%'])
    expect(names(await listed('?query=mail_'))).toEqual(['Finder 100%'])
    expect(names(await listed('?query=100%25'))).toEqual(['Finder 100%'])
    expect(names(await listed('?query=inbox'))).toEqual(['Finder 100%'])
    expect(names(await listed('?category=Inbox'))).toEqual(['Finder 100%'])
    expect((await listed()).categories).toEqual(['Inbox'])
    expect(names(await listed('?query=nothing-like-it'))).toEqual([])
  })

  test('opens a private app by its link', async () => {
    const app = await publish('By Link', { appType: 'private' })
    expect((await page(app.id)).app).toMatchObject({
      name: 'By Link',
      appType: 'private',
      developerName: 'Dana',
      companyName: 'Dana',
    })
  })

  test('shows what is asked for in plain words, and where the install begins', async () => {
    const app = await publish('Linked App')
    const unready = await page(app.id, olga)
    expect(unready.addable).toEqual({ yes: false, why: 'The developer has not generated a client key for this app yet.' })
    expect(unready.app.installUrl).toBeNull()
    const { key } = (await dana.send('POST', `/_ground/apps/${app.id}/keys`, {})).body
    const ready = await page(app.id, olga)
    expect(ready.addable).toEqual({ yes: true, why: '' })
    expect(ready.app.scopes.map(({ name, sensitive }: { name: string; sensitive: boolean }) => [name, sensitive])).toEqual([
      ['contacts.readonly', false],
      ['users.write', true],
    ])
    const url = new URL(ready.app.installUrl)
    expect(url.origin + url.pathname).toBe('http://127.0.0.1:4000/oauth/chooselocation')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: key.clientId,
      redirect_uri: 'https://a.example/cb?x=1',
      scope: 'contacts.readonly users.write',
    })
  })

  test('says to an agency where it has the app, and to nobody else', async () => {
    const app = await publish('Installed App')
    const { rows } = await on.identity.locationsOfCompany(agencyId, { limit: 1, offset: 0 })
    const work = { db: on.db, now: on.clock.now(), traceId: newHexId(), afterCommit: () => {}, emit: async () => {} }
    const company = { id: agencyId, name: 'Olga & Co', isWhitelabel: false }
    const grant = {
      appId: app.id,
      versionId: app.versionId,
      kind: 'bulk',
      company,
      locationIds: rows.map(({ id }) => id),
      userId: 'u',
      scopes: [],
    } as const
    await on.installs.add(work, grant)
    const { installed } = await page(app.id, olga)
    expect(installed).toHaveLength(2)
    expect(installed).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Olga & Co', locationId: null, state: 'waiting' }),
        expect.objectContaining({ name: 'Shop', locationId: rows[0]?.id, state: 'waiting' }),
      ]),
    )
    expect((await page(app.id, dana)).installed).toEqual([])
    expect((await page(app.id)).installed).toEqual([])
  })

  test('does not know a deleted app', async () => {
    const app = await publish('Short Lived')
    await page(app.id)
    await dana.send('DELETE', `/_ground/apps/${app.id}`)
    const { status, body } = await on.browser().send('GET', `/_ground/store/${app.id}`)
    expect([status, body.message]).toEqual([400, 'App not found'])
    expect(names(await listed())).not.toContain('Short Lived')
  })
})

const place = (role: Place['role']): Place => {
  const kind = role === 'developer' ? 'developer' : role.startsWith('agency') ? 'agency' : 'location'
  return { kind, id: 'x', name: 'X', role }
}
const person = (...roles: Place['role'][]): Person => ({
  accountId: 'a',
  email: 'e',
  name: 'n',
  sessionHash: Buffer.alloc(0),
  places: roles.map(place),
})

const agencyApp = { targetUser: 'company', whoCanInstall: 'agency', allowLocationInstall: false } as const
const openAgencyApp = { ...agencyApp, allowLocationInstall: true } as const
const bothApp = { targetUser: 'location', whoCanInstall: 'both', allowLocationInstall: false } as const
const agencyOnlyApp = { ...bothApp, whoCanInstall: 'agency' } as const

describe('who may add an app', () => {
  test.each([
    ['an agency app', 'an agency owner', agencyApp, person('agency-owner'), true, ''],
    ['an agency app', 'an agency admin', agencyApp, person('agency-admin'), true, ''],
    ['an agency app', 'a sub-account admin', agencyApp, person('location-admin'), false, 'whole agencies'],
    ['an agency app', 'a sub-account user', agencyApp, person('location-user'), false, 'whole agencies'],
    ['an agency app open to sub-accounts', 'a sub-account user', openAgencyApp, person('location-user'), true, ''],
    ['an agency app', 'a developer', agencyApp, person('developer'), false, 'Only people of an agency'],
    ['a sub-account app for both', 'a sub-account user', bothApp, person('location-user'), true, ''],
    ['a sub-account app for both', 'an agency admin', bothApp, person('agency-admin'), true, ''],
    ['a sub-account app for agencies', 'a sub-account admin', agencyOnlyApp, person('location-admin'), false, 'Only an agency'],
    ['a sub-account app for agencies', 'an agency owner', agencyOnlyApp, person('agency-owner'), true, ''],
    [
      'a sub-account app for agencies',
      'a sub-account admin who is an agency owner too',
      agencyOnlyApp,
      person('location-admin', 'agency-owner'),
      true,
      '',
    ],
    ['a sub-account app', 'a developer', bothApp, person('developer'), false, 'Only people of an agency'],
    ['a sub-account app', 'a visitor', bothApp, undefined, false, 'Sign in'],
  ] as const)('%s, %s', (_app, _who, app, viewer, yes, why) => {
    const answer = addable(app, viewer, '')
    expect(answer.yes).toBe(yes)
    expect(answer.why).toContain(why)
    expect(answer.why === '').toBe(yes)
  })
})
