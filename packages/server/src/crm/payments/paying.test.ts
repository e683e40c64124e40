import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.js'
import { renewalJob } from './index.js'

let on: Shop

beforeAll(async () => {
  on = await openShop()
})
afterAll(() => on?.close())

const place = async (fields: object = {}, more: object = {}) => {
  const { priceId } = await on.price(fields)
  return (await on.order([{ priceId, qty: 1 }], more)).body
}

const transactionsOf = async (orderId: string) => (await on.get(`/payments/transactions?entityId=${orderId}`)).body

describe('a payment', () => {
  test('of all that is due completes the order and is kept as a transaction', async () => {
    const order = await place({ amount: 12.5 })
    const paid = await on.post(`/payments/orders/${order._id}/record-payment`, {
      mode: 'card',
      card: { type: 'visa', last4: '4242' },
      notes: 'At the desk',
    })
    expect([paid.status, paid.body.success]).toEqual([200, true])
    expect((await on.get(`/payments/orders/${order._id}`)).body).toMatchObject({
      status: 'completed',
      paymentStatus: 'paid',
      amountPaid: 12.5,
    })
    expect(on.events.at(-1)).toMatchObject({ type: 'OrderStatusUpdate' })
    const { data, totalCount } = await transactionsOf(order._id)
    expect(totalCount).toBe(1)
    expect(data[0]).toMatchObject({
      amount: 12.5,
      currency: 'USD',
      status: 'succeeded',
      entityType: 'order',
      entityId: order._id,
      paymentProviderType: 'manual',
      paymentMethod: { mode: 'card', card: { brand: 'visa', last4: '4242' } },
      contactName: 'Ada Buyer',
    })
    const one = (await on.get(`/payments/transactions/${data[0]._id}`)).body
    expect(one).toMatchObject({ _id: data[0]._id, entitySource: { type: 'external' }, contactSnapshot: { id: on.contactId } })
    const notes = (await on.get(`/payments/orders/${order._id}/notes`)).body
    expect(notes).toMatchObject({ data: [{ body: 'At the desk', orderId: order._id }], totalCount: 1 })
  })

  test('of a part leaves the rest due; more than that is refused', async () => {
    const order = await place({ amount: 10 })
    const pay = (fields: object) => on.post(`/payments/orders/${order._id}/record-payment`, { mode: 'cash', ...fields })
    expect((await pay({ amount: 4, isPartialPayment: true })).status).toBe(200)
    expect((await on.get(`/payments/orders/${order._id}`)).body).toMatchObject({
      status: 'partially_paid',
      paymentStatus: 'partially_paid',
      amountPaid: 4,
    })
    expect((await pay({ amount: 6.01 })).body.message).toBe('Only 6 USD are due.')
    expect((await pay({})).status).toBe(200)
    expect((await pay({})).body.message).toBe('The order is paid already.')
    expect((await transactionsOf(order._id)).totalCount).toBe(2)
  })

  test('is taken once, however often it is recorded at the same time', async () => {
    const order = await place()
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => on.post(`/payments/orders/${order._id}/record-payment`, { mode: 'cash' })),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await transactionsOf(order._id)).totalCount).toBe(1)
  })

  test('that the test provider declines is kept, and the order stays as it was', async () => {
    const order = await place()
    const declined = await on.post(`/payments/orders/${order._id}/charge`, { outcome: 'is_declined' })
    expect(declined.body).toMatchObject({ success: false, status: 'failed' })
    expect((await on.get(`/payments/orders/${order._id}`)).body).toMatchObject({ status: 'pending', amountPaid: 0 })
    const charged = await on.post(`/payments/orders/${order._id}/charge`)
    expect(charged.body).toMatchObject({ success: true, status: 'succeeded' })
    expect((await on.get(`/payments/orders/${order._id}`)).body.status).toBe('completed')
  })

  test('is given back in parts, never more than was paid', async () => {
    const order = await place({ amount: 10 })
    const { transactionId } = (await on.post(`/payments/orders/${order._id}/charge`)).body
    const refund = (fields: object = {}) => on.post(`/payments/transactions/${transactionId}/refund`, fields)
    expect((await refund({ amount: 3 })).body).toMatchObject({ status: 'partially_refunded', amountRefunded: 3 })
    expect((await refund({ amount: 8 })).status).toBe(400)
    expect((await refund()).body).toMatchObject({ status: 'refunded', amountRefunded: 10 })
    expect((await on.get(`/payments/orders/${order._id}`)).body).toMatchObject({ status: 'refunded', paymentStatus: 'refunded' })
    expect((await refund()).status).toBe(400)
  })
})

describe('a fulfilment', () => {
  test('is recorded until nothing is left, and tells the buyer where it is asked to', async () => {
    const { priceId } = await on.price()
    const order = (await on.order([{ priceId, qty: 3 }])).body
    const send = (qty: number, notifyCustomer = false) =>
      on.post(`/payments/orders/${order._id}/fulfillments`, {
        trackings: [{ trackingNumber: 'T1', shippingCarrier: 'DHL' }],
        items: [{ priceId, qty }],
        notifyCustomer,
      })
    const first = await send(2, true)
    expect([first.status, first.body.status]).toEqual([200, true])
    expect(first.body.data).toMatchObject({
      altId: on.locationId,
      trackings: [{ trackingNumber: 'T1' }],
      items: [{ qty: 2, price: { _id: priceId } }],
    })
    expect(on.notices.at(-1)).toMatchObject({ contactId: on.contactId, text: expect.stringContaining('DHL T1') })
    expect((await on.get(`/payments/orders/${order._id}`)).body.fulfillmentStatus).toBe('partially_fulfilled')
    expect((await send(2)).body.message).toBe(`Only 1 of price ${priceId} are left to fulfil.`)
    await send(1)
    expect((await on.get(`/payments/orders/${order._id}`)).body.fulfillmentStatus).toBe('fulfilled')
    const list = (await on.get(`/payments/orders/${order._id}/fulfillments`)).body
    expect([list.status, list.data.map(({ items }: { items: { qty: number }[] }) => items[0]?.qty)]).toEqual([true, [2, 1]])
  })
})

describe('a subscription', () => {
  const recurring = { type: 'recurring', recurring: { interval: 'month', intervalCount: 1 }, amount: 30 }
  const job = () =>
    renewalJob({
      db: on.db,
      location: async () => ({ companyId: on.companyId }),
      addEvents: async (_db, event, texts) =>
        on.events.push(...texts.map((payloadText) => ({ ...event, traceId: '', payloadText }))),
      wake: () => {},
      say: (line) => on.said.push(line),
    })
  const later = (days: number) => new Date(on.clock.now().getTime() + days * 86_400_000)
  const ofOrder = async (orderId: string) =>
    (await on.get(`/payments/subscriptions?entityId=${orderId}&getPaymentsCollectedCount=true`)).body

  test('begins when its order is paid, and comes round with the clock, once each turn', async () => {
    const order = await place({ ...recurring, setupFee: 5, totalCycles: 3 })
    expect([order.amount, (await ofOrder(order._id)).totalCount]).toEqual([35, 0])
    await on.post(`/payments/orders/${order._id}/charge`)
    const [row] = (await ofOrder(order._id)).data
    expect(row).toMatchObject({
      status: 'active',
      amount: 30,
      entityType: 'order',
      subscriptionId: row._id,
      contactId: on.contactId,
    })
    const one = (await on.get(`/payments/subscriptions/${row._id}`)).body
    expect(one).toMatchObject({
      schedule: { rrule: { intervalType: 'monthly', interval: 1, count: 3 } },
      recurringProduct: { qty: 1 },
      autoPayment: { enable: true },
    })
    const turn = job()
    await turn.run(later(1))
    expect((await ofOrder(order._id)).data[0].paymentsCollectedCount).toBe(0)
    await Promise.all([turn.run(later(40)), turn.run(later(40)), turn.run(later(40))])
    expect((await ofOrder(order._id)).data[0]).toMatchObject({ status: 'active', paymentsCollectedCount: 1 })
    expect(on.events.slice(-2).map(({ type }) => type)).toEqual(['OrderCreate', 'OrderStatusUpdate'])
    await turn.run(later(400))
    expect((await ofOrder(order._id)).data[0]).toMatchObject({ status: 'completed', paymentsCollectedCount: 2 })
    const renewals = (await on.get(`/payments/orders?sourceId=${row._id}`)).body
    expect(renewals.data.map(({ amount, status }: { amount: number; status: string }) => [amount, status])).toEqual([
      [30, 'completed'],
      [30, 'completed'],
    ])
  })

  test('that cannot come round is tried again later, and keeps nobody else waiting', async () => {
    const begun = async () => {
      const order = await place(recurring)
      await on.post(`/payments/orders/${order._id}/charge`)
      return (await ofOrder(order._id)).data[0]._id
    }
    const [broken, sound] = [await begun(), await begun()]
    await on.db.updateTable('subscriptions').set({ amountMinor: 2e15 }).where('_id', '=', broken).execute()
    await job().run(later(32))
    const paid = async (id: string) =>
      (await on.get(`/payments/subscriptions?id=${id}&getPaymentsCollectedCount=true`)).body.data[0]
    expect((await paid(sound)).paymentsCollectedCount).toBe(1)
    expect((await paid(broken)).paymentsCollectedCount).toBe(0)
    expect(on.said.at(-1)).toContain(broken)
    await on.db.updateTable('subscriptions').set({ amountMinor: 3000 }).where('_id', '=', broken).execute()
    await job().run(later(33))
    expect((await paid(broken)).paymentsCollectedCount).toBe(1)
  })

  test('of more than can be counted is refused, also where a trial comes first', async () => {
    const { priceId } = await on.price({ ...recurring, amount: 1e12, trialPeriod: 14 })
    const { status, body } = await on.order([{ priceId, qty: 100_000 }])
    expect([status, body.message]).toEqual([400, expect.stringContaining('worth more than can be counted')])
  })

  test('that was paid by hand makes an order that waits to be paid', async () => {
    const order = await place(recurring)
    await on.post(`/payments/orders/${order._id}/record-payment`, { mode: 'cash' })
    const [{ _id }] = (await ofOrder(order._id)).data
    await job().run(later(32))
    const renewals = (await on.get(`/payments/orders?sourceId=${_id}`)).body
    expect(renewals.data[0]).toMatchObject({ status: 'pending', paymentStatus: 'unpaid', amount: 30 })
  })

  test('with a trial costs nothing until it ends; a canceled one falls due no more', async () => {
    const order = await place({ ...recurring, trialPeriod: 14 })
    expect([order.amount, order.status]).toEqual([0, 'completed'])
    const [row] = (await ofOrder(order._id)).data
    expect(row.status).toBe('trialing')
    const canceled = await on.post(`/payments/subscriptions/${row._id}/cancel`)
    expect(canceled.body.success).toBe(true)
    await job().run(later(60))
    expect((await on.get(`/payments/orders?sourceId=${row._id}`)).body.totalCount).toBe(0)
    expect((await on.get(`/payments/subscriptions/${row._id}`)).body).toMatchObject({
      status: 'canceled',
      canceledAt: expect.any(String),
    })
  })
})

describe('a customer', () => {
  test('is a contact with what it bought, found by name, changed, and a lead again when it is deleted', async () => {
    const made = await on.post('/payments/customers', { firstName: 'Max', lastName: 'Spender', email: 'max@spend.example' })
    expect(made.status).toBe(201)
    const { contactId } = made.body
    expect(made.body).toMatchObject({
      contactName: 'Max Spender',
      contactEmail: 'max@spend.example',
      totalSpent: 0,
      ordersCount: 0,
      subscriptionsCount: 0,
    })
    const order = await place({ amount: 20 }, { contactId })
    await on.post(`/payments/orders/${order._id}/record-payment`, { mode: 'cash', amount: 15 })
    const one = (await on.get(`/payments/customers/${contactId}`)).body
    expect(one).toMatchObject({ totalSpent: 15, currency: 'USD', spent: [{ currency: 'USD', amount: 15 }], ordersCount: 1 })
    const list = (await on.get('/payments/customers?search=spender')).body
    expect([list.totalCount, list.data[0].contactId]).toEqual([1, contactId])
    const change = { altId: on.locationId, altType: 'location', lastName: 'Saver' }
    expect((await on.call('PUT', `/payments/customers/${contactId}`, { body: change })).body.contactName).toBe('Max Saver')
    const gone = await on.call('DELETE', `/payments/customers/${contactId}?altId=${on.locationId}`)
    expect([gone.status, gone.body.success]).toEqual([200, true])
    expect((await on.get(`/payments/customers/${contactId}`)).body.message).toBe('Customer not found')
    expect((await on.call('GET', `/contacts/${contactId}`)).body.contact.type).toBe('lead')
    expect((await on.get(`/payments/orders/${order._id}`)).status).toBe(200)
  })

  test('takes what it bought along when it is merged into another contact', async () => {
    const [kept, merged] = [
      await on.contact({ firstName: 'Kept', email: 'k@m.example' }),
      await on.contact({ firstName: 'Merged', email: 'm@m.example' }),
    ]
    const order = await place({}, { contactId: merged })
    await on.post(`/payments/orders/${order._id}/charge`)
    const both = { locationId: on.locationId, contactId: kept, mergedId: merged }
    expect((await on.call('POST', '/_ground/contacts/merge', { body: both })).status).toBe(200)
    expect((await on.get(`/payments/orders/${order._id}`)).body.contactId).toBe(kept)
    const [moved] = (await transactionsOf(order._id)).data
    expect(moved).toMatchObject({ contactId: kept, mergedFromContactId: merged })
    expect((await on.get(`/payments/customers/${kept}`)).body.ordersCount).toBe(1)
  })
})

describe('a custom payment provider', () => {
  const about = () => `locationId=${on.locationId}`
  const body = {
    name: 'Pay',
    description: 'Pays',
    paymentsUrl: 'https://pay.example/frame',
    queryUrl: 'https://pay.example/query',
    imageUrl: 'https://pay.example/logo.png',
    supportsSubscriptionSchedule: true,
  }

  test('is offered by an app, connected with keys that never come back, and withdrawn', async () => {
    const token = on.token({ appId: '0123456789abcdef01234567' })
    const call = (method: string, path: string, more?: object) =>
      on.call(method, `/payments/custom-provider/${path}?${about()}`, { token, ...(more ? { body: more } : {}) })
    const made = await call('POST', 'provider', body)
    expect([made.status, made.body]).toEqual([
      200,
      expect.objectContaining({ ...body, marketplaceAppId: '0123456789abcdef01234567', deleted: false }),
    ])
    expect((await call('POST', 'provider', { ...body, name: 'Pay 2' })).body._id).toBe(made.body._id)
    const keys = {
      live: { apiKey: 'sk_live', publishableKey: 'pk_live' },
      test: { apiKey: 'sk_test', publishableKey: 'pk_test' },
    }
    const connected = await call('POST', 'connect', keys)
    expect(connected.body.paymentProvider.live).toEqual({ liveMode: true, connected: true, publishableKey: 'pk_live' })
    expect(JSON.stringify((await call('GET', 'connect')).body)).not.toContain('sk_')
    expect((await call('POST', 'disconnect', { liveMode: true })).body.success).toBe(true)
    expect((await call('GET', 'connect')).body.paymentProvider).toMatchObject({
      live: { connected: false },
      test: { connected: true },
    })
    const other = on.token({ appId: 'fedcba9876543210fedcba98' })
    expect((await on.call('GET', `/payments/custom-provider/connect?${about()}`, { token: other })).body.message).toBe(
      'Custom provider not found',
    )
    const can = await on.call('PUT', '/payments/custom-provider/capabilities', {
      token,
      body: { supportsSubscriptionSchedules: false },
    })
    expect(can.body.success).toBe(true)
    expect((await call('DELETE', 'provider')).body.success).toBe(true)
    expect((await call('GET', 'connect')).status).toBe(400)
  })

  test('goes by names of the sub-account’s own', async () => {
    const named = {
      uniqueName: 'my-pay',
      title: 'My Pay',
      provider: 'nmi',
      description: 'x',
      imageUrl: 'https://x.example/l.png',
    }
    const made = await on.post('/payments/integrations/provider/whitelabel', named)
    expect([made.status, made.body.route]).toEqual([200, '/my-pay'])
    expect((await on.get('/payments/integrations/provider/whitelabel')).body.providers).toHaveLength(1)
    expect((await on.post('/payments/integrations/provider/whitelabel', named)).status).toBe(400)
  })
})

test('what another sub-account was paid, sent or promised is out of reach', async () => {
  const { priceId } = await on.price({ type: 'recurring', recurring: { interval: 'week', intervalCount: 1 } })
  const order = (await on.order([{ priceId, qty: 1 }])).body
  const { transactionId } = (await on.post(`/payments/orders/${order._id}/charge`)).body
  const { refund } = (await on.post(`/payments/transactions/${transactionId}/refund`, { amount: 1 })).body
  const [{ _id }] = (await on.get(`/payments/subscriptions?entityId=${order._id}`)).body.data
  const alt = { altId: on.otherLocationId, altType: 'location' }
  const query = `altId=${on.otherLocationId}&altType=location`
  const fulfil = { trackings: [], items: [{ priceId, qty: 1 }], notifyCustomer: false }
  const asked = [
    ['GET', `/payments/transactions/${transactionId}?${query}`],
    ['POST', `/payments/transactions/${transactionId}/refund`, {}],
    ['GET', `/payments/transactions/${transactionId}/refunds?${query}`],
    ['POST', `/payments/transactions/${transactionId}/refunds/${refund._id}/settle`, { outcome: 'succeeded' }],
    ['GET', `/payments/subscriptions/${_id}?${query}`],
    ['POST', `/payments/subscriptions/${_id}/cancel`, {}],
    ['POST', `/payments/orders/${order._id}/fulfillments`, fulfil],
    ['POST', `/payments/orders/${order._id}/charge`, {}],
    ['GET', `/payments/customers/${on.contactId}?${query}`],
    ['GET', `/payments/customers/${on.contactId}/card-link?${query}`],
    ['PUT', `/payments/customers/${on.contactId}`, { lastName: 'Theirs' }],
    ['DELETE', `/payments/customers/${on.contactId}?${query}`],
  ] as const
  for (const [method, path, body] of asked) {
    const token = on.token({ locationId: on.otherLocationId })
    const reply = await on.call(method, path, { token, ...(body ? { body: { ...alt, ...body } } : {}) })
    expect([path, reply.status, reply.body.message]).toEqual([path, 400, expect.stringMatching(/not found$/)])
  }
  expect((await on.get(`/payments/subscriptions/${_id}`)).body.status).toBe('active')
})
