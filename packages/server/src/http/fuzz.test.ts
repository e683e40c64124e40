import type { Operation } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Explored, explore, tokenOf } from '../testing/proof/explore.js'
import { type Malformed, malformedRequests } from '../testing/proof/malformed.js'
import { cookieOf, explorePortal } from '../testing/proof/people.js'
import { type Answer, type WholeApp, wholeApp } from '../testing/proof/whole-app.js'
import { type Schema, unwrap } from './validate/schema.js'

// Malformed requests by the dozen for every operation, on the real handlers and a real database.
let on: WholeApp
let caller: Explored
let cookie: string

beforeAll(async () => {
  on = await wholeApp()
  const tenant = await on.addTenant('callerword')
  caller = await explore(on, tenant)
  cookie = cookieOf(on, tenant)
  await explorePortal(on, caller, cookie)
}, 120_000)
afterAll(() => on?.close())

const named = (operations: readonly Operation[]) => operations.map((operation) => [operation.key, operation] as const)

const admission = (operation: Operation): Record<string, string> => {
  if (operation.auth === 'token') return { authorization: `Bearer ${tokenOf(operation, caller.tenant)}` }
  return { cookie: operation.auth === 'session' ? cookie : '', 'x-groundlevel': 'test' }
}

/** Names of all fields that a request for the operation may have, to any depth. */
const namesIn = (declared: Schema | undefined): string[] => {
  const { schema } = unwrap(declared ?? {})
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => [name, ...namesIn(each)])
  return [...own, ...(schema.items ? namesIn(schema.items) : []), ...(schema.anyOf ?? []).flatMap(namesIn)]
}

const fieldsOf = ({ query, body, path, v3 }: Operation) => {
  const names = [...namesIn(query as Schema), ...namesIn(body as Schema)]
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const camel = v3?.casing ? names.map((name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())) : []
  return [...names, ...inPath, ...camel, 'Idempotency-Key']
}

/** Unknown fields are named after `property`; a body that is no object has no field to name. */
const speaksOf = (fields: readonly string[], violation: unknown) =>
  typeof violation === 'string' &&
  (fields.some((name) => violation.includes(name)) ||
    /^property .* should not exist$|^the body must be|^a field name/.test(violation))

/** Sentences of the live service, as recorded: they name the field without a list (decision 0056). */
const recorded = /^location_?[iI]d can't be undefined$|^Either of userId, calendarId or groupId is required$/

const complaint = (fields: readonly string[], { title, field }: Malformed, { status, text }: Answer): string | undefined => {
  const said = text.slice(0, 300)
  if (status >= 500) return `${title}: ${status} ${said}`
  let body: { message?: unknown; traceId?: unknown }
  try {
    body = JSON.parse(text)
  } catch {
    return `${title}: ${status}, no JSON: ${said}`
  }
  // A list has no place for one.
  if (Array.isArray(body) && status < 300) return undefined
  if (typeof body !== 'object' || body === null || typeof body.traceId !== 'string') return `${title}: no traceId: ${said}`
  if (status !== 422 || recorded.test(String(body.message))) return undefined
  if (!Array.isArray(body.message) || body.message.length === 0) return `${title}: a 422 without a list of violations: ${said}`
  // Without the id the address is another operation's, whose fields it names.
  if (/^path \w+: nothing$/.test(title)) return undefined
  const vague = body.message.filter((each) => !speaksOf(fields, each))
  if (vague.length > 0) return `${title}: names no field: ${JSON.stringify(vague).slice(0, 300)}`
  return field && !body.message.some((each) => each.includes(field)) ? `${title}: does not name ${field}: ${said}` : undefined
}

/** A reply without a shape is a file. */
const answersFile = ({ reply }: Operation) => Object.keys(unwrap(reply as Schema).schema).every((name) => name.startsWith('~'))

describe('malformed requests', () => {
  test.each(named(allOperations))(
    '%s: fifty and more, no 500, every 422 names the field',
    async (_key, operation) => {
      const full = caller.tried.get(operation.key)?.full ?? true
      const requests = malformedRequests(operation, { ...caller, full })
      expect(requests.length).toBeGreaterThanOrEqual(50)
      const fields = fieldsOf(operation)
      const wrong: string[] = []
      for (const each of requests) {
        const answer = await on.send(operation.method, each.url, { ...each.headers, ...admission(operation) }, each.payload)
        if (answer.status === 200 && answersFile(operation)) continue
        const problem = complaint(fields, each, answer)
        if (problem) wrong.push(problem)
      }
      expect(wrong).toEqual([])
      expect(on.said.splice(0)).toEqual([])
    },
    60_000,
  )

  test('nothing of them sticks to the prototype of objects', () => {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
