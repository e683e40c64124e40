import { existsSync } from 'node:fs'
import { HighLevel } from '@gohighlevel/api-client'
import type { Operation } from '@groundlevel/contract-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Explored, explore, type Sender, send, withToken } from '../packages/server/src/testing/proof/explore.js'
import { type WholeApp, wholeApp } from '../packages/server/src/testing/proof/whole-app.js'
import { judge, readAllowances } from './allowed.js'
import type { Difference } from './compare.js'
import { type Described, placeOf } from './document.js'
import { misfits } from './misfits.js'
import { askBySdk, sdkMethods } from './sdk.js'
import { officialOperations } from './sources.js'

// The official client uses everything that is here once, as its own tenant does; every reply is held against the official document.
const specifications = '../shared/highlevel-api'
const here = existsSync(specifications)

let on: WholeApp
let explored: Explored
const byHand: string[] = []
const allowances = readAllowances()

const places = new Map<string, Described>(here ? officialOperations(specifications).map((each) => [each.place, each]) : [])
const documented = withToken.flatMap((operation) => {
  const official = places.get(placeOf(operation.method, operation.path))
  return official && operation.on !== 'v3' ? [[operation.key, official] as const] : []
})

/** The client sends files as JSON, and never learns the ids of messages, of what was paid, and of what nobody here makes by the API.
 * The last two end the tenant. */
const outOfReach =
  /^(forms\.formFiles|locations\.fieldFiles|conversations\.(uploads|emails|recordings|transcriptions|subscriptions)|conversations\.messages\.(get|cancel|reviewReply|set\w+)|payments\.(subscription|transaction)\.get|payments\.fulfillment\.create|emails\.builder\.update|locations\.location\.remove|marketplace\.installations\.remove)/

const actorOf = ({ actors }: Operation) => (actors.includes('location') ? 'location' : 'agency')

const optional = ' optional, documented otherwise'

/** What a contract has as optional, for a reason that is written down, may be absent from a reply for the same reason. */
const unexplained = (found: readonly Difference[]) =>
  found.filter(({ operation, what }) => {
    const either = [what, what.replace(/ absent$/, optional)].map((each) => ({ operation, what: each }))
    return judge(either, allowances).judged.every(({ because }) => because === undefined)
  })

const replyOf = (key: string) => {
  const tried = explored.tried.get(key)
  return tried && [200, 201].includes(tried.answer.status) ? (JSON.parse(tried.answer.text) as unknown) : undefined
}

describe.skipIf(!here)('replies to the official client', () => {
  beforeAll(async () => {
    on = await wholeApp()
    ;(HighLevel as unknown as { BASE_URL: string }).BASE_URL = await on.listen()
    const methods = sdkMethods()
    const officials = new Map(documented)
    const tenant = await on.addTenant('sdkword')
    const ask: Sender = async (operation, asked, token) => {
      const official = officials.get(operation.key)
      // What admits both classes, but only of OAuth, the client asks with an agency's token.
      const agency = official?.oauthOnly && official.callers.includes('agency')
      const caller = agency ? (['agency', tenant.tokens.agency] as const) : ([actorOf(operation), token] as const)
      const answer = official && (await askBySdk(methods, caller, official, asked))
      if (official && !answer) byHand.push(operation.key)
      return answer ?? send(on, operation, asked, token)
    }
    explored = await explore(on, tenant, ask)
  }, 180_000)
  afterAll(() => on?.close())

  test('the client has a method for every documented operation that is here', () => {
    expect(byHand).toEqual([])
  })

  test('whatever needs no more than the client can bring about works for it', () => {
    const failed = documented.flatMap(([key]) => (replyOf(key) === undefined ? [key] : []))
    expect(failed.filter((key) => !outOfReach.test(key))).toEqual([])
  })

  test.each(documented)('%s answers the client as documented', (key, official) => {
    const reply = replyOf(key)
    if (reply === undefined || !official.reply) return
    const found = misfits(official.reply, reply).map((what): Difference => ({ operation: official.name, what }))
    expect(unexplained(found).map(({ what }) => what)).toEqual([])
  })
})
