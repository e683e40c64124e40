import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AppReplies, buyingIn, openPaidByApp, type PaidByApp } from '../../testing/paid-by-app.js'
import type { Receiver } from '../../testing/receiver.js'
import type { Shop } from '../../testing/shop.js'
import { renewalJob } from './index.js'

let world: PaidByApp
let on: Shop
let app: Receiver
let replies: AppReplies = {}
const { place, begin, verify, webhook } = buyingIn(() => on)

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

const recurring = { type: 'recurring', recurring: { interval: 'month', intervalCount: 1 }, amount: 30 }

describe('a subscription that an app bills', () => {
  const begun = async () => {
    const order = await place(recurring)
    const props = await begin(order)
    await verify(order, props.transactionId)
    return { order, props }
  }

  test('begins under the id that the app was told, and comes round when the app says so, once for each charge', async () => {
    const { props } = await begun()
    expect(props).toMatchObject({ mode: 'subscription', productDetails: { priceId: expect.any(String) } })
    const ghlSubscriptionId = props.subscriptionId
    const found = async () =>
      (await on.get(`/payments/subscriptions?id=${ghlSubscriptionId}&getPaymentsCollectedCount=true`)).body.data[0]
    expect(await found()).toMatchObject({ status: 'active', amount: 60, paymentsCollectedCount: 1 })
    const year = new Date(on.clock.now().getTime() + 366 * 86_400_000)
    await renewalJob({
      db: on.db,
      location: async () => undefined,
      addEvents: async () => {},
      wake: () => {},
      say: () => {},
    }).run(year)
    expect((await found()).paymentsCollectedCount).toBe(1)
    const charged = {
      event: 'subscription.charged',
      ghlSubscriptionId,
      chargeId: 'month-2',
      chargeSnapshot: { status: 'succeeded', amount: 6000 },
      subscriptionSnapshot: { id: 's', status: 'active', nextCharge: 5 },
    }
    expect((await Promise.all([1, 2, 3].map(() => webhook(charged)))).map(({ statusCode }) => statusCode)).toEqual([
      200, 200, 200,
    ])
    expect(await found()).toMatchObject({ paymentsCollectedCount: 2, subscriptionSnapshot: { nextCharge: 5 } })
    const renewals = (await on.get(`/payments/orders?sourceId=${ghlSubscriptionId}`)).body
    expect(renewals.data).toMatchObject([{ amount: 60, paymentStatus: 'paid' }])
    expect((await on.get(`/payments/subscriptions?entityId=${renewals.data[0]._id}`)).body.totalCount).toBe(0)
    for (const [status, shown] of [
      ['unpaid', 'unpaid'],
      ['active', 'active'],
      ['cancelled', 'canceled'],
      ['active', 'canceled'],
    ]) {
      await webhook({ event: 'subscription.updated', ghlSubscriptionId, subscriptionSnapshot: { id: 's', status } })
      expect((await found()).status).toBe(shown)
    }
  })

  test('is canceled at the app first', async () => {
    const { props } = await begun()
    replies = { cancel_subscription: { success: false, message: 'Not now' } }
    const cancel = () => on.post(`/payments/subscriptions/${props.subscriptionId}/cancel`)
    expect((await cancel()).body.message).toBe('Paddle boats goes on billing: Not now')
    replies = { cancel_subscription: {} }
    expect((await cancel()).body.message).toMatch(/^Paddle boats did not say whether it stopped billing/)
    replies = { cancel_subscription: { status: 'canceled' } }
    expect((await cancel()).body.success).toBe(true)
    const ghlSubscriptionId = props.subscriptionId
    const late = {
      event: 'subscription.charged',
      ghlSubscriptionId,
      chargeId: 'too-late',
      subscriptionSnapshot: { status: 'active' },
    }
    expect((await webhook(late)).statusCode).toBe(200)
    expect((await on.get(`/payments/subscriptions/${ghlSubscriptionId}`)).body.status).toBe('canceled')
    const [renewal] = (await on.get(`/payments/orders?sourceId=${ghlSubscriptionId}`)).body.data
    expect(renewal).toMatchObject({ paymentStatus: 'paid' })
    const notes = (await on.get(`/payments/orders/${renewal._id}/notes`)).body.data
    expect(notes).toMatchObject([{ body: expect.stringContaining('after the subscription was canceled') }])
  })

  test('is not charged again by a word that is told twice, whichever field names the charge; one that names none is refused', async () => {
    const { props } = await begun()
    const ghlSubscriptionId = props.subscriptionId
    const tell = (fields: object) => webhook({ event: 'subscription.charged', ghlSubscriptionId, ...fields })
    const said = { status: 'succeeded', amount: 6000, chargedAt: 1 }
    for (const chargeSnapshot of [
      { ...said, chargeId: 'only-there' },
      { ...said, chargeId: 'only-there' },
      { ...said, id: 'its-id' },
    ])
      expect((await tell({ chargeSnapshot })).statusCode).toBe(200)
    const nameless = await tell({ chargeSnapshot: said })
    expect([nameless.statusCode, nameless.json().message]).toEqual([400, expect.stringContaining('needs chargeId')])
    const renewals = (await on.get(`/payments/orders?sourceId=${ghlSubscriptionId}`)).body
    expect(renewals.totalCount).toBe(2)
    expect((await tell({ chargeSnapshot: { status: 'failed' } })).statusCode).toBe(200)
    expect((await on.get(`/payments/subscriptions/${ghlSubscriptionId}`)).body.status).toBe('unpaid')
  })

  test('is not paid by a charge that failed, nor twice by one, where more is said of it than is kept', async () => {
    const { props } = await begun()
    const ghlSubscriptionId = props.subscriptionId
    const trace = 'x'.repeat(20_000)
    const tell = (said: object, more: object = {}) =>
      webhook({ event: 'subscription.charged', ghlSubscriptionId, ...more, chargeSnapshot: { ...said, trace } })
    expect((await tell({ status: 'failed' }, { chargeId: 'long-1' })).statusCode).toBe(200)
    const renewals = async () => (await on.get(`/payments/orders?sourceId=${ghlSubscriptionId}`)).body.totalCount
    expect(await renewals()).toBe(0)
    expect((await on.get(`/payments/subscriptions/${ghlSubscriptionId}`)).body.status).toBe('unpaid')
    for (const _ of [1, 2]) expect((await tell({ status: 'succeeded', chargeId: 'long-2' })).statusCode).toBe(200)
    expect(await renewals()).toBe(1)
    await webhook({ event: 'subscription.updated', ghlSubscriptionId, subscriptionSnapshot: { status: 'cancelled', trace } })
    expect((await on.get(`/payments/subscriptions/${ghlSubscriptionId}`)).body.status).toBe('canceled')
  })

  test('is held by nobody while its app is asked to end it: the app reports the end before it answers', async () => {
    const { props } = await begun()
    const ghlSubscriptionId = props.subscriptionId
    app.answer(async (_, response) => {
      const told = await webhook({
        event: 'subscription.updated',
        ghlSubscriptionId,
        subscriptionSnapshot: { status: 'canceled' },
      })
      response.end(JSON.stringify({ success: told.statusCode === 200 }))
    })
    const ended = await on.post(`/payments/subscriptions/${ghlSubscriptionId}/cancel`)
    app.answer(world.answerAsTold)
    expect([ended.status, ended.body.success]).toEqual([200, true])
    expect((await on.get(`/payments/subscriptions/${ghlSubscriptionId}`)).body.status).toBe('canceled')
  })

  test('ends once, whoever else ends it while its app is asked, and stays ended when a charge came in meanwhile', async () => {
    const { props } = await begun()
    const ghlSubscriptionId = props.subscriptionId
    let answerBoth = () => {}
    const bothAsked = new Promise<void>((resolve) => {
      answerBoth = resolve
    })
    app.answer(async (_, response) => {
      if (app.received.filter(({ body }) => body.type === 'cancel_subscription').length === 2) answerBoth()
      await bothAsked
      await webhook({ event: 'subscription.charged', ghlSubscriptionId, chargeId: 'meanwhile' })
      response.end('{"success":true}')
    })
    const cancel = () => on.post(`/payments/subscriptions/${ghlSubscriptionId}/cancel`)
    const answers = await Promise.all([cancel(), cancel()])
    app.answer(world.answerAsTold)
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await cancel()).body.message).toBe('The subscription is canceled already.')
    const { status, canceledAt } = (await on.get(`/payments/subscriptions/${ghlSubscriptionId}`)).body
    expect([status, canceledAt]).toEqual(['canceled', expect.any(String)])
    expect((await on.get(`/payments/orders?sourceId=${ghlSubscriptionId}`)).body.totalCount).toBe(1)
  })

  test('begins with a payment method that the app keeps, in the fields that are documented', async () => {
    const order = await place(recurring)
    replies = {
      create_subscription: {
        success: true,
        transaction: { chargeId: 'first', chargeSnapshot: { id: 'first', status: 'succeeded' } },
        subscription: { subscriptionId: 'theirs', subscriptionSnapshot: { id: 'theirs', nextCharge: 7 } },
      },
    }
    const { body } = await on.post(`/payments/orders/${order._id}/payment-methods/pm/charge`)
    expect(body).toMatchObject({ success: true, status: 'succeeded' })
    const [asked] = app.received.map((each) => each.body)
    expect(asked).toMatchObject({
      ...{ type: 'create_subscription', paymentMethodId: 'pm', contactId: on.contactId, amount: 60, currency: 'USD' },
      ...{ transactionId: body.transactionId, recurringAmount: '60.00', startDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      productDetails: [{ priceId: expect.any(String), productId: expect.any(String), qty: 2 }],
    })
    const begunNow = (await on.get(`/payments/subscriptions/${asked.subscriptionId}`)).body
    expect(begunNow).toMatchObject({ status: 'active', subscriptionSnapshot: { nextCharge: 7 } })
  })
})

describe('a subscription that nobody else bills', () => {
  test('is canceled or comes round, where both happen at once, and then never again', async () => {
    const renewal = renewalJob({ ...on.desk, say: () => {} })
    const month = (count: number) => new Date(on.clock.now().getTime() + count * 32 * 86_400_000)
    const { priceId } = await on.price(recurring)
    const placed = await Promise.all([...Array(6)].map(() => on.order([{ priceId, qty: 1 }])))
    for (const { body } of placed) await on.post(`/payments/orders/${body._id}/record-payment`, { mode: 'cash' })
    const listed = await Promise.all(placed.map(({ body }) => on.get(`/payments/subscriptions?entityId=${body._id}`)))
    const ids = listed.map(({ body }) => body.data[0]._id as string)
    const cancel = (id: string) => on.post(`/payments/subscriptions/${id}/cancel`)
    const [, ...answers] = await Promise.all([renewal.run(month(1)), ...ids.flatMap((id) => [cancel(id), cancel(id)])])
    expect(answers.map((answer) => answer?.status).sort()).toEqual([...Array(6).fill(200), ...Array(6).fill(400)])
    await renewal.run(month(3))
    for (const id of ids) {
      const { body } = await on.get(`/payments/subscriptions/${id}`)
      const { totalCount } = (await on.get(`/payments/orders?sourceId=${id}`)).body
      expect([body.status, totalCount <= 1]).toEqual(['canceled', true])
    }
  })
})
