import type { Operation } from '@groundlevel/contract-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Explored, explore, readReply, send, withToken } from '../testing/proof/explore.js'
import { pairsFor } from '../testing/proof/foreign.js'
import { cookieOf, explorePortal, sendAs, withSession } from '../testing/proof/people.js'
import { askedElsewhere } from '../testing/proof/request-hints.js'
import { requestFor } from '../testing/proof/requests.js'
import { allRows, type Rows, touched } from '../testing/proof/tenant-rows.js'
import { type Answer, type Tenant, type WholeApp, wholeApp } from '../testing/proof/whole-app.js'

// Everything on the real handlers: a victim with one of each thing, a neighbour in the same agency, a stranger in another.
let on: WholeApp
let victim: Explored
let neighbour: Explored
let stranger: Explored
let rows: Rows

const actors = ['location', 'agency'] as const
type Actor = (typeof actors)[number]

beforeAll(async () => {
  on = await wholeApp()
  const tenant = await on.addTenant('victimword')
  const [beside, elsewhere] = [await on.addTenant('neighbourword', tenant.companyId), await on.addTenant('strangerword')]
  neighbour = await explore(on, beside)
  stranger = await explore(on, elsewhere)
  victim = await explore(on, tenant)
  for (const each of [stranger, victim]) {
    const { tried } = await explorePortal(on, each, cookieOf(on, each.tenant))
    for (const [key, one] of tried) each.tried.set(key, one)
  }
  rows = await allRows(on.db)
}, 120_000)
afterAll(() => on?.close())

const named = (operations: readonly Operation[]) => operations.map((operation) => [operation.key, operation] as const)

const fresh = (text: string) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{24,64}\b|\b[A-Za-z0-9]{20}\b/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d{12,14}\b/g, '<date>')
    .replace(/word\d+/g, 'word')
    .replace(/\+1415555\d{4}/g, '<phone>')
    .replace(/eyJ[\w.-]+/g, '<token>')

/** Ids, dates and made-up words are new every time, lists grow: two replies that differ in nothing else are the same. */
const masked = ({ status, text }: Answer) => {
  const told = readReply(text, (name, value) => {
    if (name === 'traceId') return undefined
    if (Array.isArray(value)) return [...new Set(value.map((each) => fresh(JSON.stringify(each))))]
    return typeof value === 'string' ? fresh(value) : value
  })
  return { status, told: typeof told === 'string' ? fresh(told) : told }
}

/** What only the victim has: its words, and the ids that the caller neither sent nor knew. */
const leaked = (answer: Answer, sent: string, from: Explored, { tenant, ids }: Explored) => {
  const known = new Set([...from.ids.all(), ...Object.values(from.tenant)])
  // Who is of the same agency may read its name.
  const text = from.tenant.companyId === tenant.companyId ? answer.text.replaceAll(`${tenant.name} agency`, '') : answer.text
  const secrets = [tenant.name, ...ids.all().filter((id) => !known.has(id))].filter((each) => !sent.includes(each))
  return secrets.filter((each) => text.includes(each))
}

/** Nothing of the victim's may change, and nothing may come to it. */
const expectUntouched = async (operation: Operation, { tenant }: Explored, insider: boolean) => {
  const after = await allRows(on.db)
  const words = [tenant.name, tenant.locationId, ...(insider ? [] : [tenant.companyId])]
  const owners = [tenant.locationId, ...(insider ? [] : [tenant.companyId])]
  const { gone, come } = touched(rows, after, words, owners)
  rows = after
  expect({ operation: operation.key, gone, come }).toEqual({ operation: operation.key, gone: [], come: [] })
}

/** Callers of the other tenant whose class the operation admits. */
const callersOf = (operation: Operation, { tokens }: Tenant): [Actor, string][] =>
  actors.filter((actor) => operation.actors.includes(actor)).map((actor) => [actor, tokens[actor]])

/** An agency's own token reaches its sub-accounts: only the neighbour's sub-account token is an outsider. */
const attackers = (operation: Operation) => [
  ...callersOf(operation, stranger.tenant).map(([actor, token]) => ({ actor, token, from: stranger, insider: false })),
  ...callersOf(operation, neighbour.tenant)
    .filter(([actor]) => actor === 'location')
    .map(([actor, token]) => ({ actor, token, from: neighbour, insider: true })),
]

/** Lists and searches above all, whatever their method and status: nobody sends an id to them. */
const reads = ({ effect }: Operation) => effect === 'read'

describe('the tenant of every operation', () => {
  test.each(named(withToken.filter(({ key }) => !askedElsewhere.has(key))))('%s works for its own tenant', (key) => {
    const tried = victim.tried.get(key)
    // Without a request that works nothing is proved by one that does not: give it a line in testing/proof/request-hints.ts.
    if (tried) expect(tried.answer.text.slice(0, 500), JSON.stringify(tried.asked)).toMatch(/^(?!.*"statusCode":[45])/)
  })

  test.each([...askedElsewhere])('%s is asked elsewhere because no request of here works', (key) => {
    expect([...withToken, ...withSession].map((operation) => operation.key)).toContain(key)
    const tried = victim.tried.get(key)
    if (tried) expect(tried.answer.text.slice(0, 500), 'take it off askedElsewhere').toMatch(/"statusCode":[45]/)
  })

  test.each(named(withToken))(
    '%s: the victim’s own request, sent by another tenant, tells and changes nothing',
    async (_key, operation) => {
      for (const { token, from, insider } of attackers(operation)) {
        const asked = requestFor(operation, { tenant: victim.tenant, ids: victim.ids, full: true })
        // What a caller may always ask about is itself.
        if (operation.tenant === 'company' && insider) continue
        const answer = await send(on, operation, asked, token)
        expect(leaked(answer, JSON.stringify(asked), from, victim), `${from.tenant.name}: ${answer.text}`).toEqual([])
        if (operation.tenant !== 'token') expect(answer.status, answer.text).toBe(403)
        await expectUntouched(operation, victim, insider)
      }
    },
  )

  test.each(named(withToken.filter(reads)))('%s: asked by another tenant for its own, tells nothing', async (key, operation) => {
    for (const { token, from } of attackers(operation)) {
      const { asked } = from.tried.get(key) ?? {}
      if (!asked) continue
      const answer = await send(on, operation, asked, token)
      expect(leaked(answer, JSON.stringify(asked), from, victim), `${from.tenant.name}: ${answer.text}`).toEqual([])
    }
  })

  test.each(named(withToken))('%s: an id of another tenant is as missing as one of nobody', async (_key, operation) => {
    for (const { token, from, insider } of attackers(operation)) {
      const full = from.tried.get(operation.key)?.full ?? true
      for (const { slot, sent, theirs, nobodys } of pairsFor(operation, { ...from, full }, victim.ids)) {
        const missing = await send(on, operation, nobodys, token)
        const answer = await send(on, operation, theirs, token)
        expect(masked(answer), `${slot} = ${sent}`).toEqual(masked(missing))
        expect(leaked(answer, JSON.stringify(theirs), from, victim), slot).toEqual([])
      }
      await expectUntouched(operation, victim, insider)
    }
  })

  test.each(named(withToken.filter(({ actors: admitted }) => admitted.length === 1)))(
    '%s: the tenant’s own token of the wrong class is a 401 and changes nothing',
    async (_key, operation) => {
      const wrong = operation.actors[0] === 'agency' ? 'location' : 'agency'
      const asked = requestFor(operation, { tenant: victim.tenant, ids: victim.ids, full: true })
      const answer = await send(on, operation, asked, victim.tenant.tokens[wrong])
      expect(answer.status).toBe(401)
      await expectUntouched(operation, victim, false)
    },
  )
})

describe('the portal of every person', () => {
  test.each(named(withSession.filter(({ key }) => !askedElsewhere.has(key))))('%s works for its own person', (key) => {
    const tried = victim.tried.get(key)
    if (tried) expect(tried.answer.text.slice(0, 500), JSON.stringify(tried.asked)).toMatch(/^(?!.*"statusCode":[45])/)
  })

  test.each(named(withSession))(
    '%s tells and changes nothing of another tenant, whose ids are as missing as those of nobody',
    async (key, operation) => {
      const cookie = cookieOf(on, stranger.tenant)
      const { asked, full = true } = stranger.tried.get(key) ?? {}
      if (asked) expect(leaked(await sendAs(on, operation, asked, cookie), JSON.stringify(asked), stranger, victim)).toEqual([])
      for (const { slot, sent, theirs, nobodys } of pairsFor(operation, { ...stranger, full }, victim.ids)) {
        const missing = await sendAs(on, operation, nobodys, cookie)
        const answer = await sendAs(on, operation, theirs, cookie)
        expect(masked(answer), `${slot} = ${sent}`).toEqual(masked(missing))
        expect(leaked(answer, JSON.stringify(theirs), stranger, victim), slot).toEqual([])
      }
      const victims = requestFor(operation, { tenant: victim.tenant, ids: victim.ids, full: true })
      const answer = await sendAs(on, operation, victims, cookie)
      expect(leaked(answer, JSON.stringify(victims), stranger, victim)).toEqual([])
      if (/:(appId|companyId|locationId)/.test(operation.path)) expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
      await expectUntouched(operation, victim, false)
    },
  )

  test.each(named(withSession))('%s is a 401 without a session', async (_key, operation) => {
    const asked = requestFor(operation, { tenant: victim.tenant, ids: victim.ids, full: true })
    expect((await sendAs(on, operation, asked, '')).status).toBe(401)
    expect([401, 403]).toContain((await send(on, operation, asked, victim.tenant.tokens.location)).status)
    await expectUntouched(operation, victim, false)
  })
})

test('nothing failed on the way', () => expect(on.said).toEqual([]))
