import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AppReplies, buyingIn, openPaidByApp, type PaidByApp } from '../../testing/paid-by-app.js'
import type { Receiver } from '../../testing/receiver.js'
import type { Shop } from '../../testing/shop.js'
import { refundJob } from './index.js'

let world: PaidByApp
let on: Shop
let app: Receiver
let replies: AppReplies = {}
const { place, linkOf, page, act, begin, verify, orderNow, transactionsOf, webhook } = buyingIn(() => on)

beforeAll(async () => {
  world = await openPaidByApp(() => replies)
  on = world.on
  app = world.app
})
afterAll(() => world?.close())
beforeEach(() => {
  replies = { verify: { success: true }, refund: { success: true } }
  app.received.length = 0
  on.told.length = 0
})

describe("an order's page", () => {
  test('frames the page of the provider and nothing else, for whoever has the key', async () => {
    const order = await place()
    const shown = await page(order._id)
    expect(shown.statusCode).toBe(200)
    const policy = String(shown.headers['content-security-policy'])
    expect(policy).toContain("frame-src https://pay.example; connect-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(shown.body).toContain('src="https://pay.example/frame?x=1"')
    expect(shown.body).toContain('2 × Tee')
    expect(shown.body).not.toContain('live-key')
    const { pathname } = await linkOf(order._id)
    for (const url of [pathname, `${pathname}?key=${'0'.repeat(40)}`, `${pathname}?key=%00`])
      expect((await on.app.inject({ method: 'GET', url })).statusCode).toBe(404)
  })

  test('shows what comes off and on top, so that the lines lead to the sum', async () => {
    const usual = { name: 'Pay page', discountType: 'percentage', discountValue: 10, startDate: '2020-01-01' }
    await on.post('/payments/coupon', { ...usual, code: 'PAYPAGE' })
    const { body } = await page((await place({}, { couponCode: 'PAYPAGE' }))._id)
    expect(body).toContain('<tr><td>Discount</td><td>-$2.00</td></tr>')
    expect(body).not.toContain('<td>Tax</td>')
    expect((await page((await place())._id)).body).not.toContain('Discount')
  })

  test('frames no address whose host would write the policy on', async () => {
    const order = await place()
    await on.db.updateTable('paymentProviders').set({ paymentsUrl: 'https://pay.example;script-src.example/' }).execute()
    const shown = await page(order._id)
    await on.db.updateTable('paymentProviders').set({ paymentsUrl: 'https://pay.example/frame?x=1' }).execute()
    expect(String(shown.headers['content-security-policy'])).not.toContain(';script-src.example')
    expect(shown.body).not.toContain('<iframe')
  })

  test('tells the provider what is to be paid, in the fields that are documented, the same on a second look', async () => {
    const order = await place()
    const props = await begin(order)
    expect(props).toEqual({
      type: 'payment_initiate_props',
      publishableKey: 'pk-live',
      amount: 20,
      currency: 'USD',
      mode: 'payment',
      contact: { id: on.contactId, name: 'Ada Buyer', email: 'ada@buyer.example', contact: '' },
      description: `Order ${order._id}`,
      orderId: order._id,
      transactionId: expect.stringMatching(/^[0-9a-f]{24}$/),
      locationId: on.locationId,
    })
    const again = await Promise.all([1, 2, 3].map(() => begin(order)))
    expect(new Set(again.map(({ transactionId }) => transactionId))).toEqual(new Set([props.transactionId]))
    expect(await transactionsOf(order)).toMatchObject([{ status: 'pending', paymentProviderType: 'custom-provider' }])
  })

  test("is paid once, whoever asks how often, when the provider's server says so", async () => {
    const order = await place()
    const { transactionId } = await begin(order)
    const answers = await Promise.all(Array.from({ length: 12 }, () => verify(order, transactionId)))
    expect(new Set(answers.map(({ body }) => body.status))).toEqual(new Set(['succeeded']))
    expect(app.received[0]?.body).toEqual({
      type: 'verify',
      transactionId,
      apiKey: 'live-key',
      chargeId: `ch-${transactionId}`,
      locationId: on.locationId,
    })
    expect(await orderNow(order)).toMatchObject({ status: 'completed', paymentStatus: 'paid', amountPaid: 20 })
    expect(await transactionsOf(order)).toMatchObject([{ status: 'succeeded', chargeId: `ch-${transactionId}` }])
    expect(on.told.map(({ type, payload }) => [type, payload._id])).toEqual([['OrderStatusUpdate', order._id]])
    expect((await page(order._id)).body).toContain('This order is paid')
    expect((await act(order._id, 'start')).status).toBe(409)
  })

  test('stays unpaid where the provider says no, and can be paid after all', async () => {
    const order = await place()
    const { transactionId } = await begin(order)
    replies = { verify: { failed: true } }
    expect((await verify(order, transactionId)).body.status).toBe('failed')
    expect((await orderNow(order)).paymentStatus).toBe('unpaid')
    replies = { verify: { success: true } }
    expect((await verify(order, transactionId)).body.status).toBe('succeeded')
    expect((await orderNow(order)).paymentStatus).toBe('paid')
  })

  test("refuses another order's transaction, and a charge that has paid for something else", async () => {
    const [one, two] = [await place(), await place()]
    const [first, second] = [await begin(one), await begin(two)]
    expect((await verify(two, first.transactionId)).status).toBe(404)
    const answers = await Promise.all([
      verify(one, first.transactionId, 'same-charge'),
      verify(two, second.transactionId, 'same-charge'),
    ])
    expect(answers.map(({ status, body }) => [status, body.status]).sort()).toEqual([
      [200, 'failed'],
      [200, 'succeeded'],
    ])
    const paid = await Promise.all([one, two].map(orderNow))
    expect(paid.map(({ paymentStatus }) => paymentStatus).sort()).toEqual(['paid', 'unpaid'])
  })

  test('asks nobody in an inner network', async () => {
    await on.db.updateTable('paymentProviders').set({ queryUrl: 'http://169.254.169.254/latest' }).execute()
    const order = await place()
    const { transactionId } = await begin(order)
    const { body } = await verify(order, transactionId)
    expect(body).toEqual({ status: 'pending' })
    await on.db.updateTable('paymentProviders').set({ queryUrl: app.url }).execute()
  })

  test.each([{ transactionId: 7 }, { transactionId: 'a\0b', chargeId: '\ud800' }, [], 'text', { chargeId: {} }])(
    'takes no nonsense: %j',
    async (payload) => {
      const order = await place()
      const { pathname, search } = await linkOf(order._id)
      const sent = { method: 'POST' as const, url: `${pathname}/verify${search}` }
      const answer = await on.app.inject({
        ...sent,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(payload),
      })
      expect(answer.statusCode).toBe(404)
    },
  )
})

describe('a provider that tells later', () => {
  test('settles a payment once, by its key alone', async () => {
    const order = await place()
    const { transactionId } = await begin(order)
    replies = { verify: { success: false } }
    expect((await verify(order, transactionId)).body.status).toBe('pending')
    const captured = {
      event: 'payment.captured',
      chargeId: 'late',
      ghlTransactionId: transactionId,
      chargeSnapshot: { status: 'succeeded', amount: 2000, chargeId: 'late', chargedAt: 1 },
    }
    expect((await webhook({ ...captured, apiKey: 'guess' })).statusCode).toBe(401)
    expect((await webhook({ ...captured, locationId: on.otherLocationId })).statusCode).toBe(401)
    expect((await orderNow(order)).paymentStatus).toBe('unpaid')
    const told = await Promise.all([1, 2, 3, 4].map(() => webhook(captured)))
    expect(told.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    expect(await orderNow(order)).toMatchObject({ paymentStatus: 'paid', amountPaid: 20 })
    expect(on.told).toHaveLength(1)
    expect((await webhook({ ...captured, ghlTransactionId: 'f'.repeat(24) })).json().message).toBe('Transaction not found')
    expect((await webhook({ event: 'payment.captured' })).json().message).toBe('Transaction not found')
    expect((await webhook({ event: 'payment.exploded' })).statusCode).toBe(422)
  })

  test('and a buyer who paid otherwise meanwhile: nothing is lost, and what came in twice goes back first', async () => {
    const order = await place()
    const { transactionId } = await begin(order)
    await on.post(`/payments/orders/${order._id}/record-payment`, { mode: 'cash' })
    await webhook({ event: 'payment.captured', chargeId: 'twice', ghlTransactionId: transactionId })
    expect(await orderNow(order)).toMatchObject({ paymentStatus: 'paid', amountPaid: 20 })
    const [note] = (await on.get(`/payments/orders/${order._id}/notes`)).body.data
    expect(note.body).toContain('20 USD more came in than was due')
    const refund = await on.post(`/payments/transactions/${transactionId}/refund`)
    expect(refund.body).toMatchObject({ status: 'refunded', amountRefunded: 20 })
    expect(await orderNow(order)).toMatchObject({ paymentStatus: 'paid', amountRefunded: 0 })
  })
})

describe('a refund', () => {
  const paid = async () => {
    const order = await place()
    const { transactionId } = await begin(order)
    await verify(order, transactionId)
    app.received.length = 0
    return { order, transactionId }
  }
  const refund = (id: string, amount?: number) =>
    on.post(`/payments/transactions/${id}/refund`, amount === undefined ? {} : { amount })

  test('is made by the provider, of no more than was paid, however many ask at once', async () => {
    const { order, transactionId } = await paid()
    const answers = await Promise.all(Array.from({ length: 6 }, () => refund(transactionId, 6)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(app.received).toHaveLength(3)
    expect(app.received[0]?.body).toEqual({
      type: 'refund',
      amount: 6,
      currency: 'USD',
      transactionId,
      chargeId: `ch-${transactionId}`,
      refundId: expect.stringMatching(/^[0-9a-f]{24}$/),
      apiKey: 'live-key',
      locationId: on.locationId,
    })
    expect((await orderNow(order)).amountRefunded).toBe(18)
  })

  const minutes = (count: number) => new Date(on.clock.now().getTime() + count * 60_000)
  const verifyAll = (now: Date) => refundJob({ desk: on.desk, secret: on.secret, say: (line) => on.said.push(line) }).run(now)
  const refundsOf = async (id: string) => (await on.get(`/payments/transactions/${id}/refunds`)).body.refunds

  test('that nobody answered for is open, not failed: it is asked about, never asked for again, and counts once it is known', async () => {
    const { order, transactionId } = await paid()
    replies = { refund: {}, verify: { success: true } }
    const { status, body } = await refund(transactionId, 12)
    expect([status, body.status, body.amountRefunded, body.refund.status]).toEqual([200, 'succeeded', 0, 'pending'])
    expect((await refund(transactionId, 9)).body.message).toBe(
      'Between nothing and 8 USD can be refunded; the provider has not answered for 12 yet.',
    )
    app.received.length = 0
    await verifyAll(minutes(0))
    expect(app.received).toEqual([])
    await verifyAll(minutes(2))
    expect(app.received.map((each) => each.body)).toEqual([
      expect.objectContaining({ type: 'verify', transactionId, refundId: body.refund._id }),
    ])
    expect(await refundsOf(transactionId)).toMatchObject([{ amount: 12, status: 'pending' }])
    replies = { verify: { success: true, refunds: [{ refundId: body.refund._id, status: 'succeeded' }] } }
    await Promise.all([verifyAll(minutes(20)), verifyAll(minutes(20))])
    expect(await refundsOf(transactionId)).toMatchObject([{ amount: 12, status: 'succeeded' }])
    expect(await orderNow(order)).toMatchObject({ amountRefunded: 12, paymentStatus: 'paid' })
    expect(app.received.filter((each) => each.body.type === 'refund')).toEqual([])
    await verifyAll(minutes(10_000))
    expect((await orderNow(order)).amountRefunded).toBe(12)
  })

  test('that is open can be asked for once more under the same id, and be decided by people, once', async () => {
    const { order, transactionId } = await paid()
    replies = { refund: {} }
    const { _id } = (await refund(transactionId, 5)).body.refund
    const settle = (outcome: string, of = transactionId) =>
      on.post(`/payments/transactions/${of}/refunds/${_id}/settle`, { outcome })
    expect((await settle('ask')).body.status).toBe('pending')
    expect(app.received.map((each) => each.body.refundId)).toEqual([_id, _id])
    // It may be refused because it was done before.
    replies = { refund: { success: false, message: 'Refunded already' } }
    expect((await settle('ask')).body).toMatchObject({ status: 'pending', message: 'Refunded already' })
    expect((await settle('succeeded', 'f'.repeat(24))).body.message).toBe('Refund not found')
    const decided = await Promise.all([settle('succeeded'), settle('succeeded'), settle('succeeded')])
    expect(decided.some(({ status }) => status === 200)).toBe(true)
    expect((await orderNow(order)).amountRefunded).toBe(5)
    expect((await settle('failed')).body.message).toBe('The refund has succeeded already.')
  })

  test('that somebody gives up while the provider is giving it back is counted', async () => {
    const { order, transactionId } = await paid()
    let isAsked = () => {}
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    let letAnswer = () => {}
    const answered = new Promise<void>((resolve) => {
      letAnswer = resolve
    })
    app.answer(async (_, response) => {
      isAsked()
      await answered
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}')
    })
    const going = refund(transactionId, 5)
    await asked
    const [{ _id }] = (await on.get(`/payments/transactions/${transactionId}/refunds`)).body.refunds
    expect((await on.post(`/payments/transactions/${transactionId}/refunds/${_id}/settle`, { outcome: 'failed' })).status).toBe(
      200,
    )
    letAnswer()
    expect((await going).body.refund.status).toBe('succeeded')
    app.answer(world.answerAsTold)
    expect((await orderNow(order)).amountRefunded).toBe(5)
  })

  test('that the provider refuses is none', async () => {
    const { order, transactionId } = await paid()
    replies = { refund: { success: false, message: 'Too late' } }
    expect((await refund(transactionId)).body.message).toBe('Paddle boats gave nothing back: Too late')
    expect((await orderNow(order)).amountRefunded).toBe(0)
  })
})

describe('a saved payment method', () => {
  test('is listed, and charged once however often it is pressed', async () => {
    replies = {
      list_payment_methods: [{ id: 'pm 1', type: 'card', title: 'Visa', subTitle: '4242', expiry: '02/29', customerId: 'c' }],
      charge_payment: { success: true, failed: false, chargeId: 'saved-1', message: 'ok' },
    }
    const order = await place()
    const { body } = await on.get(`/payments/orders/${order._id}/payment-methods`)
    expect(body.paymentMethods).toMatchObject([{ id: 'pm 1', title: 'Visa' }])
    expect(app.received[0]?.body).toMatchObject({
      type: 'list_payment_methods',
      contactId: on.contactId,
      locationId: on.locationId,
    })
    app.received.length = 0
    const charge = () => on.post(`/payments/orders/${order._id}/payment-methods/pm%201/charge`)
    const answers = await Promise.all([charge(), charge(), charge()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
    expect(app.received.map((each) => each.body)).toEqual([
      expect.objectContaining({ type: 'charge_payment', paymentMethodId: 'pm 1', amount: 20, currency: 'USD' }),
    ])
    expect(await orderNow(order)).toMatchObject({ paymentStatus: 'paid', amountPaid: 20 })
    expect(await transactionsOf(order)).toMatchObject([{ status: 'succeeded', chargeId: 'saved-1' }])
  })

  test('that is declined leaves the order unpaid', async () => {
    replies = { charge_payment: { success: false, failed: true, message: 'No funds' } }
    const order = await place()
    const { body } = await on.post(`/payments/orders/${order._id}/payment-methods/pm/charge`)
    expect(body).toMatchObject({ success: false, status: 'failed', message: 'No funds' })
    expect((await orderNow(order)).paymentStatus).toBe('unpaid')
  })
})

describe('a card that is left for later', () => {
  const linkFor = (contactId: string, query = '') => on.get(`/payments/customers/${contactId}/card-link${query}`)

  test('is taken by the app in a frame, which is told what the guide documents, for whoever has the key', async () => {
    await on.post('/payments/customers', { contactId: on.contactId })
    const { body } = await linkFor(on.contactId, '?currency=eur')
    const { pathname, search } = new URL(body.url)
    const shown = await on.app.inject({ method: 'GET', url: pathname + search })
    expect([shown.statusCode, body.provider.name]).toEqual([200, 'Paddle boats'])
    expect(String(shown.headers['content-security-policy'])).toContain('frame-src https://pay.example;')
    const props = JSON.parse(/id="pay"[^>]*>(.*?)<\/script>/.exec(shown.body)?.[1] ?? '{}').props
    expect(props).toEqual({
      ...{ type: 'setup_initiate_props', publishableKey: 'pk-live', currency: 'EUR', mode: 'setup' },
      ...{ contact: { id: on.contactId }, locationId: on.locationId },
    })
    expect(shown.body).not.toContain('live-key')
    for (const url of [pathname, pathname.replace('/live/', '/test/') + search, pathname.replace('/EUR', '/USD') + search])
      expect((await on.app.inject({ method: 'GET', url })).statusCode).toBe(404)
    expect((await linkFor('nobodyNobodyNobody00')).body.message).toBe('Customer not found')
    expect((await linkFor(on.contactId, '?currency=e%00r')).status).toBe(422)
  })
})

describe('where no app takes payments', () => {
  test('a local start has a button that charges nobody; a withdrawn app is asked no more', async () => {
    await on.call('DELETE', `/payments/custom-provider/provider?locationId=${on.locationId}`, {
      token: on.token({ appId: 'app-1' }),
    })
    const order = await place()
    expect((await page(order._id)).body).toContain('the test provider of a local start')
    const { pathname, search } = await linkOf(order._id)
    const press = (outcome: string) =>
      on.app.inject({
        method: 'POST',
        url: `${pathname}/test${search}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `outcome=${outcome}`,
      })
    const declined = await press('is_declined')
    expect([declined.statusCode, declined.headers.location]).toEqual([303, expect.stringContaining('declined=1')])
    expect((await orderNow(order)).paymentStatus).toBe('unpaid')
    await Promise.all([press('succeeds'), press('succeeds')])
    expect(await orderNow(order)).toMatchObject({ paymentStatus: 'paid', amountPaid: 20 })
    expect((await transactionsOf(order)).map(({ status }: { status: string }) => status)).toEqual(['succeeded', 'failed'])
    expect(on.told.map(({ type }) => type)).toEqual(['OrderStatusUpdate'])
  })
})
