import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ModuleApp, moduleApp } from '../testing/module-app.js'
import { clockAheadMs } from './clock.sql.js'
import { clockModule } from './index.js'

const hourMs = 3_600_000
let on: ModuleApp
let woken = 0

beforeAll(async () => {
  on = await moduleApp(({ clock }) => clockModule(clock, () => woken++))
})
afterAll(() => on?.close())

const own = { 'x-groundlevel': 'test' }
const get = (headers: Record<string, string> = {}) => on.call('GET', '/_ground/lab/clock', { headers })
const advance = (body: object, headers: Record<string, string> = own) => on.call('POST', '/_ground/lab/clock', { body, headers })

test('goes on by a length and to a moment, at once for everybody, and is still ahead after another start', async () => {
  expect((await get()).body.aheadMs).toBe(0)
  const one = await advance({ byMs: 48 * hourMs })
  expect([one.status, one.body.aheadMs]).toEqual([200, 48 * hourMs])
  expect(Math.abs(Date.parse(one.body.now) - on.clock.now().getTime())).toBeLessThan(60_000)
  const to = new Date(on.clock.now().getTime() + hourMs)
  const { body } = await advance({ to: to.toISOString() })
  expect(Date.parse(body.now)).toBeGreaterThanOrEqual(to.getTime())
  expect(body.aheadMs).toBeLessThanOrEqual(49 * hourMs)
  expect([await clockAheadMs(on.db), (await get()).body.aheadMs, woken]).toEqual([body.aheadMs, body.aheadMs, 2])
})

test('counts each of several who let it go on at once', async () => {
  const before = on.clock.aheadMs()
  await Promise.all(Array.from({ length: 6 }, () => advance({ byMs: hourMs })))
  expect([on.clock.aheadMs(), await clockAheadMs(on.db)]).toEqual([before + 6 * hourMs, before + 6 * hourMs])
})

test('goes no further than ten years, however many ask at once', async () => {
  const sixYears = 6 * 365 * 24 * hourMs
  const before = on.clock.aheadMs()
  const answers = await Promise.all(Array.from({ length: 4 }, () => advance({ byMs: sixYears })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400])
  expect([on.clock.aheadMs(), await clockAheadMs(on.db)]).toEqual([before + sixYears, before + sixYears])
})

test.each([
  [{}, 422],
  [{ byMs: 1, to: '2031-01-01T00:00:00.000Z' }, 422],
  [{ byMs: 0 }, 422],
  [{ byMs: 1.5 }, 422],
  [{ byMs: 1e300 }, 400],
  [{ to: 'tomorrow' }, 422],
  [{ to: '2001-01-01T00:00:00.000Z' }, 400],
  [{ to: '9999-12-31T00:00:00.000Z' }, 400],
])('does not go by %j', async (body, status) => {
  const before = on.clock.aheadMs()
  expect((await advance(body)).status).toBe(status)
  expect(on.clock.aheadMs()).toBe(before)
})

test.each(['-5', 'tomorrow', '1e300', 'NaN', '9007199254740993'])(
  'counts %s in the database, which no lab wrote, as nothing',
  async (value) => {
    const keep = (text: string) =>
      on.db.updateTable('installation').set({ value: text }).where('name', '=', 'clockAheadMs').execute()
    const before = await clockAheadMs(on.db)
    await keep(value)
    expect(await clockAheadMs(on.db)).toBe(0)
    await keep(String(before))
  },
)

test('is nobody’s who is not on this machine, nor a foreign page’s', async () => {
  expect((await get({ host: 'rebound.example' })).status).toBe(403)
  expect((await advance({ byMs: 1 }, { ...own, host: 'rebound.example' })).status).toBe(403)
  expect((await advance({ byMs: 1 }, {})).status).toBe(403)
  expect((await advance({ byMs: 1 }, { ...own, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})
