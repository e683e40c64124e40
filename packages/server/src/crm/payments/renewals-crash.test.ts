import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { HeldRenewals } from '../../testing/hold-renewals.js'
import { openShop, type Shop } from '../../testing/shop.js'

const script = fileURLToPath(new URL('../../testing/hold-renewals.ts', import.meta.url))
const many = 300

let on: Shop
const children: ChildProcess[] = []

beforeAll(async () => {
  on = await openShop()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await on?.close()
})

const start = async (held: HeldRenewals) => {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(held)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

/** The subscription of one real order, and copies of it. */
const addMany = async () => {
  const { priceId } = await on.price({ type: 'recurring', recurring: { interval: 'month', intervalCount: 1 }, amount: 30 })
  const { _id } = (await on.order([{ priceId, qty: 1 }])).body
  await on.post(`/payments/orders/${_id}/charge`)
  const columns = sql.raw(
    `"locationId", "contactId", "contactSnapshot", currency, digits, "amountMinor", status, "liveMode", "entityId", "sourceType", "sourceId",
     provider, recurring, item, "cyclesDone", "startedAt", "nextAt", "createdAt", "updatedAt"`,
  )
  await sql`insert into subscriptions (_id, ${columns}) select lpad(n::text, 24, '0'), ${columns}
    from subscriptions, generate_series(2, ${many}) n where "locationId" = ${on.locationId}`.execute(on.db)
}

const renewals = () =>
  on.db
    .selectFrom('orders')
    .select('sourceId')
    .where('sourceSubType', '=', 'subscription_view')
    .where('paymentStatus', '=', 'paid')
    .execute()

test('kill -9 in the middle of renewals charges nobody twice and leaves nobody out', { timeout: 120_000 }, async () => {
  await addMany()
  const now = new Date(on.clock.now().getTime() + 32 * 86_400_000).toISOString()
  const held = { databaseUrl: on.databaseUrl, companyId: on.companyId, now }
  const first = await start(held)
  await vi.waitFor(async () => expect((await renewals()).length).toBeGreaterThan(20), { timeout: 60_000, interval: 10 })
  first.kill('SIGKILL')
  await once(first, 'exit')
  expect((await renewals()).length).toBeLessThan(many)
  // Two at once take up what it left.
  await Promise.all([start(held), start(held)].map(async (child) => once(await child, 'exit')))
  const paid = await renewals()
  expect([paid.length, new Set(paid.map(({ sourceId }) => sourceId)).size]).toEqual([many, many])
  const { rows } = await sql`select "cyclesDone", count(*)::integer as n, (select count(*)::integer from transactions
    where "locationId" = ${on.locationId} and "subscriptionId" is not null and status = 'succeeded') as paid
    from subscriptions where "locationId" = ${on.locationId} group by 1`.execute(on.db)
  expect(rows).toEqual([{ cyclesDone: 2, n: many, paid: many }])
})
