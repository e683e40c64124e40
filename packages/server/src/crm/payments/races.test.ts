import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.js'

let on: Shop
beforeAll(async () => {
  on = await openShop()
})
afterAll(() => on?.close())

const coupon = async (code: string, fields: object) =>
  (
    await on.post('/payments/coupon', {
      name: code,
      code,
      discountType: 'amount',
      discountValue: 1,
      startDate: '2026-01-01',
      ...fields,
    })
  ).body
const usesOf = async (code: string) => (await on.get(`/payments/coupon?code=${code}`)).body.usageCount
const statuses = (answers: readonly { readonly status: number }[]) => answers.filter(({ status }) => status === 201).length

describe('of orders that race', () => {
  test('one uses a coupon that a customer may use once, and a cancelled one gives the use back', async () => {
    await coupon('ONCE', { limitPerCustomer: true })
    const { priceId } = await on.price()
    const place = (code = 'ONCE') => on.order([{ priceId, qty: 1 }], { couponCode: code })
    const answers = await Promise.all([...Array(12)].map((_, at) => place(at % 2 ? 'once' : 'ONCE')))
    expect([statuses(answers), await usesOf('ONCE')]).toEqual([1, 1])
    const placed = answers.find(({ status }) => status === 201)?.body
    const cancel = () =>
      on.call('PUT', `/payments/orders/${placed._id}`, {
        body: { altId: on.locationId, altType: 'location', status: 'cancelled' },
      })
    await Promise.all([cancel(), cancel(), cancel()])
    expect(await usesOf('ONCE')).toBe(0)
    expect((await place()).status).toBe(201)
  })

  test('as many use a coupon as may, also where orders that are there change to it', async () => {
    await coupon('FEW', { usageLimit: 3 })
    const { priceId } = await on.price()
    const before = await Promise.all([1, 2, 3, 4].map(() => on.order([{ priceId, qty: 1 }])))
    const change = (id: string) =>
      on.call('PUT', `/payments/orders/${id}`, { body: { altId: on.locationId, altType: 'location', couponCode: 'FEW' } })
    const answers = await Promise.all([
      ...before.map(({ body }) => change(body._id)),
      ...[1, 2, 3, 4].map(() => on.order([{ priceId, qty: 1 }], { couponCode: 'FEW' })),
    ])
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(3)
    expect(await usesOf('FEW')).toBe(3)
  })

  test('none sells what another one has, however they come and go', async () => {
    const { priceId } = await on.price({ trackInventory: true, availableQuantity: 10, allowOutOfStockPurchases: false })
    const sold = await Promise.all([...Array(20)].map(() => on.order([{ priceId, qty: 1 }])))
    expect(statuses(sold)).toBe(10)
    const ids = sold.flatMap(({ status, body }) => (status === 201 ? [body._id] : []))
    const remove = (id: string) => on.call('DELETE', `/payments/orders/${id}?altId=${on.locationId}`)
    const grow = (id: string) =>
      on.call('PUT', `/payments/orders/${id}`, {
        body: { altId: on.locationId, altType: 'location', items: [{ priceId, qty: 3 }] },
      })
    await Promise.all(ids.flatMap((id, at) => (at < 5 ? [remove(id), remove(id)] : [grow(id), grow(id)])))
    const { rows } = await sql<{ left: number; taken: number }>`select p."availableQuantity" as left,
      (select coalesce(sum((s ->> 'qty')::integer), 0)::integer from orders o, jsonb_array_elements(o.stock) s
        where o."locationId" = p."locationId" and s ->> 'priceId' = p._id) as taken
      from prices p where p."locationId" = ${on.locationId} and p._id = ${priceId}`.execute(on.db)
    expect(rows[0]?.left).toBeGreaterThanOrEqual(0)
    expect((rows[0]?.left ?? 0) + (rows[0]?.taken ?? 0)).toBe(10)
  })

  test('the database itself refuses a stock below zero', async () => {
    const { priceId } = await on.price({ trackInventory: true, availableQuantity: 1 })
    const below = on.db.updateTable('prices').set({ availableQuantity: -1 }).where('_id', '=', priceId).execute()
    await expect(below).rejects.toThrow(/check constraint/)
  })
})

describe('a sub-account is asked for as altType location alone', () => {
  test.each([
    ['GET', '/payments/coupon/list'],
    ['GET', '/payments/subscriptions'],
    ['GET', '/payments/integrations/provider/whitelabel'],
  ])('%s %s refuses company in the wire’s words', async (method, path) => {
    const { status, body } = await on.call(method, `${path}?altId=${on.locationId}&altType=company`)
    expect([status, body.message]).toEqual([422, ['altType must be a valid enum value']])
  })
})

describe('lists walk along an index', () => {
  beforeAll(async () => {
    const rows = 12_000
    const times = sql`timestamptz '2026-01-01' + n * interval '1 minute'`
    await sql`insert into orders ("locationId", _id, "contactId", "contactSnapshot", currency, digits, "amountMinor", "subtotalMinor",
      "discountMinor", "taxMinor", "shippingMinor", "paidMinor", "refundedMinor", status, "paymentStatus", "fulfillmentStatus", "liveMode",
      items, "productIds", "totalProducts", "onetimeProducts", "recurringProducts", stock, "taxSummary", "sourceType", "sourceId",
      "trackingId", "createdAt", "updatedAt")
      select ${on.locationId}, 'o' || n, 'c' || n % 500, '{}', 'USD', 2, 1, 1, 0, 0, 0, 0, 0, case n % 50 when 0 then 'failed' else 'pending' end,
        'unpaid', 'unfulfilled', true, '[]', array['p' || n % 300], 1, 1, 0, '[]', '[]', 'external', 's' || n % 300, 't', ${times}, ${times}
      from generate_series(1, ${rows}) n`.execute(on.db)
    await sql`insert into transactions ("locationId", _id, "contactId", currency, digits, "amountMinor", "refundedMinor", status, "liveMode",
      "entityType", "entityId", "sourceType", "sourceId", "subscriptionId", "chargeId", provider, "providerId", "fulfilledAt", "createdAt", "updatedAt")
      select ${on.locationId}, 't' || n, 'c' || n % 500, 'USD', 2, 1, 0, 'succeeded', true, 'order', 'o' || n, 'external', 's', 'u' || n % 300,
        'ch' || n, 'custom-provider', 'prov', ${times}, ${times}, ${times} from generate_series(1, ${rows}) n`.execute(on.db)
    await sql`insert into subscriptions ("locationId", _id, "contactId", "contactSnapshot", currency, digits, "amountMinor", status, "liveMode",
      "entityId", "sourceType", "sourceId", provider, recurring, item, "cyclesDone", "startedAt", "nextAt", "createdAt", "updatedAt")
      select ${on.locationId}, 'u' || n, 'c' || n % 500, '{}', 'USD', 2, 1, 'active', true, 'o' || n, 'external', 's', 'test', '{}', '{}', 1,
        ${times}, ${times}, ${times}, ${times} from generate_series(1, ${rows}) n`.execute(on.db)
    await sql`analyze orders, transactions, subscriptions`.execute(on.db)
  })

  const newest = 'order by "createdAt" desc, _id limit 20'
  test.each([
    ['orders', '', newest, 'orders_newest'],
    ['orders', `and "contactId" = 'c7'`, newest, 'orders_contact'],
    ['orders', `and status = 'failed'`, newest, 'orders_status'],
    ['orders', `and "sourceId" = 's7'`, newest, 'orders_source'],
    ['orders', `and "productIds" && array['p7']`, newest, 'orders_products'],
    ['orders', `and "searchText" like '%o11999%'`, newest, 'orders_search'],
    ['transactions', '', newest, 'transactions_newest'],
    ['transactions', `and "entityId" = 'o7'`, newest, 'transactions_entity'],
    ['transactions', `and "contactId" = 'c7'`, newest, 'transactions_contact'],
    ['transactions', `and "subscriptionId" = 'u7'`, newest, 'transactions_subscription'],
    ['transactions', `and "providerId" = 'prov' and "chargeId" = 'ch7'`, '', 'transactions_charge'],
    ['subscriptions', '', newest, 'subscriptions_newest'],
    ['subscriptions', `and "entityId" = 'o7'`, newest, 'subscriptions_entity'],
    ['subscriptions', `and "contactId" = 'c7'`, newest, 'subscriptions_contact'],
  ])('%s %s', async (table, where, order, index) => {
    const query = sql.raw(`explain select * from ${table} where "locationId" = '${on.locationId}' ${where} ${order}`)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`${query}`.execute(on.db)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index)
  })

  test('what falls due', async () => {
    const query = sql`explain select * from subscriptions where "nextAt" <= timestamptz '2026-01-01 00:05Z' order by "nextAt" limit 1 for update skip locked`
    const { rows } = await sql<{ 'QUERY PLAN': string }>`${query}`.execute(on.db)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('subscriptions_due')
  })
})
