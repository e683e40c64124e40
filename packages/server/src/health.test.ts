import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthModule } from './health.js'
import { type ModuleApp, moduleApp } from './testing/module-app.js'

let on: ModuleApp
beforeAll(async () => {
  on = await moduleApp(() => healthModule('1.2.3'))
})
afterAll(() => on?.close())

test('a server that is ready says so, also to a program that asks for the head alone', async () => {
  const whole = await on.app.inject('/health')
  expect([whole.statusCode, whole.json()]).toMatchObject([200, { status: 'ok', version: '1.2.3' }])
  const head = await on.app.inject({ method: 'HEAD', url: '/health' })
  expect([head.statusCode, head.body]).toEqual([200, ''])
})
