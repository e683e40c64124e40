import { allOperations, events, scopes } from '@groundlevel/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scopesModule } from './health.js'
import { type ModuleApp, moduleApp } from './testing/module-app.js'
import { judge } from './webhooks/fanout/fanout.rules.js'

interface Use {
  readonly name: string
  readonly level: string
  readonly operations: readonly { readonly method: string; readonly path: string; readonly callers: readonly string[] }[]
  readonly events: readonly { readonly name: string }[]
}

let on: ModuleApp
let uses: readonly Use[]

beforeAll(async () => {
  on = await moduleApp(() => scopesModule())
  uses = (await on.call('GET', '/_ground/scopes')).body.scopes
})
afterAll(() => on?.close())

const placeOf = (method: string, path: string) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`

test('every scope is told of once, in the order of the picker, to anybody', () => {
  expect(uses.map(({ name }) => name)).toEqual(scopes.map(({ name }) => name))
  expect(uses.find(({ name }) => name === 'contacts.readonly')).toMatchObject({
    text: 'View contacts, their notes, tasks and tags',
    level: 'sub-account',
    sensitive: false,
  })
  expect(uses.find(({ name }) => name === 'companies.readonly')?.level).toBe('agency')
})

test('every operation that asks for a scope stands below that scope and no other', () => {
  const told = uses.flatMap(({ name, operations }) => operations.map(({ method, path }) => `${name}: ${method} ${path}`))
  const asked = allOperations
    .filter(({ auth, scope }) => auth === 'token' && scope !== '')
    .map(({ scope, method, path }) => `${scope}: ${placeOf(method, path)}`)
  expect([...told].sort()).toEqual([...asked].sort())
})

test('a scope that is told to let an event through does so, and no event passes without one that is told of', () => {
  const app = { webhookUrl: 'https://a.example' } as Parameters<typeof judge>[2]
  const passes = (type: string, granted: readonly string[]) =>
    'url' in judge({ type, test: false }, { scopes: [...granted], state: 'connected' } as Parameters<typeof judge>[1], app, [])
  for (const [type, { scope }] of Object.entries(events)) {
    const telling = uses.filter((use) => use.events.some(({ name }) => name === type)).map(({ name }) => name)
    expect(telling, type).toEqual(scope === '' ? [] : [scope])
    if (scope === '') continue
    expect(passes(type, telling), type).toBe(true)
    const others = scopes.map(({ name }) => name).filter((name) => !telling.includes(name))
    expect(passes(type, others), type).toBe(false)
  }
})
