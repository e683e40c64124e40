import type { Shooter } from './load.js'
import { request } from './load.js'
import { type DemoWorld, headersOf, type refreshTokens } from './product.js'

/** One kind of work, and how each program is asked for it. */
export interface Scenario {
  readonly name: string
  /** By the name of the program; who is missing does not take part. */
  readonly shooters: Readonly<Record<string, Shooter>>
}

export type Urls = Readonly<Record<string, string>>

const still = (text: string): Shooter => {
  const shot = { text }
  return () => shot
}

const json = { 'content-type': 'application/json' }
/** Prism wants them, the bare servers ignore them, we check them. */
const anyHeaders = headersOf('bench')

const only = (urls: Urls, shooterOf: (name: string, url: string) => Shooter | undefined) =>
  Object.fromEntries(
    Object.entries(urls).flatMap(([name, url]) => (shooterOf(name, url) ? [[name, shooterOf(name, url)]] : [])),
  ) as Record<string, Shooter>

const getContact = (urls: Urls, { tokens }: DemoWorld, id: string): Scenario => ({
  name: 'get a contact',
  shooters: only(urls, (name, url) =>
    still(request('GET', url, `/contacts/${id}`, name === 'Groundlevel' ? headersOf(tokens.location) : anyHeaders)),
  ),
})

/** Nobody asks for the row that another one asks for: nothing of an answer is shared. */
const getContacts = (urls: Urls, { tokens }: DemoWorld, ids: readonly string[]): Scenario => ({
  name: 'get contacts in turn',
  shooters: only(urls, (name, url) => {
    if (name !== 'node:http + pg' && name !== 'Groundlevel') return undefined
    const headers = name === 'Groundlevel' ? headersOf(tokens.location) : anyHeaders
    const shots = ids.map((id) => ({ text: request('GET', url, `/contacts/${id}`, headers) }))
    let at = 0
    return () => shots[at++ % shots.length] ?? { text: '' }
  }),
})

const listContacts = (urls: Urls, { tokens, locations }: DemoWorld): Scenario => ({
  name: 'list 20 contacts',
  shooters: only(urls, (name, url) => {
    if (name === 'node:http') return undefined
    if (name === 'json-server') return still(request('GET', url, '/contacts?_limit=20&_sort=dateAdded&_order=desc'))
    const path = `/contacts/?locationId=${locations[0]?.id}&limit=20`
    return still(request('GET', url, path, name === 'Groundlevel' ? headersOf(tokens.location) : anyHeaders))
  }),
})

let created = 0
const newContact = (locationId: string | undefined) => {
  created += 1
  return JSON.stringify({ locationId, firstName: `Bench ${created}`, email: `bench-${process.pid}-${created}@example.com` })
}

const createContact = (urls: Urls, { tokens, locations }: DemoWorld): Scenario => ({
  name: 'create a contact',
  shooters: only(urls, (name, url) => {
    if (name === 'node:http') return undefined
    const headers = { ...json, ...(name === 'Groundlevel' ? headersOf(tokens.location) : anyHeaders) }
    const path = name === 'json-server' ? '/contacts' : '/contacts/'
    return () => ({ text: request('POST', url, path, headers, newContact(locations[0]?.id)) })
  }),
})

const refresh = (url: string, { app, tokens }: Awaited<ReturnType<typeof refreshTokens>>): Scenario => {
  const current = [...tokens]
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const shoot: Shooter = (connection) => {
    const grant = { grant_type: 'refresh_token', client_id: app.clientId, client_secret: app.clientSecret }
    const body = new URLSearchParams({ ...grant, refresh_token: current[connection] ?? '' }).toString()
    const heard = (reply: string) => {
      current[connection] = /"refresh_token":"([^"]+)"/.exec(reply)?.[1] ?? ''
    }
    return { text: request('POST', url, '/oauth/token', headers, body), heard }
  }
  return { name: 'refresh a token', shooters: { Groundlevel: shoot } }
}

/** The work of the bench, in the order of its table. */
export const scenariosOf = (
  urls: Urls,
  demo: DemoWorld,
  ids: readonly string[],
  families: Awaited<ReturnType<typeof refreshTokens>>,
) => [
  getContact(urls, demo, ids[0] ?? ''),
  getContacts(urls, demo, ids),
  listContacts(urls, demo),
  refresh(urls.Groundlevel ?? '', families),
  // Last: its webhooks are still being signed and sent when its rounds are over.
  createContact(urls, demo),
]
