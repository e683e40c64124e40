import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.js'

let on: Shop

beforeAll(async () => {
  on = await openShop()
})
afterAll(() => on?.close())

const left = async (productId: string, priceId: string): Promise<number> =>
  (await on.call('GET', `/products/${productId}/price/${priceId}?locationId=${on.locationId}`)).body.availableQuantity

const coupon = async (fields: object) => {
  const usual = { name: 'Sale', discountType: 'percentage', discountValue: 10, startDate: '2020-01-01' }
  return (await on.post('/payments/coupon', { ...usual, ...fields })).body
}

const put = (id: string, fields: object) =>
  on.call('PUT', `/payments/orders/${id}`, { body: { altId: on.locationId, altType: 'location', ...fields } })

describe('an order', () => {
  test('is created bare with 201: amounts, snapshots of what and who, an event, a customer', async () => {
    const { priceId, productId } = await on.price({ amount: 19.99 })
    const { status, body } = await on.order(
      [
        { productId, priceId, qty: 2 },
        { name: 'Gift wrap', price: 0.5, qty: 1 },
      ],
      { shipping: 5 },
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      altId: on.locationId,
      altType: 'location',
      contactId: on.contactId,
      currency: 'USD',
      amount: 45.48,
      amountSummary: { subtotal: 40.48, discount: 0, tax: 0, shipping: 5 },
      status: 'pending',
      paymentStatus: 'unpaid',
      fulfillmentStatus: 'unfulfilled',
      source: { type: 'external' },
      taxSummary: [],
      traceId: expect.any(String),
    })
    expect(body.contactSnapshot).toMatchObject({ id: on.contactId, email: 'ada@buyer.example' })
    expect(body.items[0]).toMatchObject({
      name: 'Tee - Blue',
      qty: 2,
      product: { _id: productId },
      price: { _id: priceId, amount: 19.99 },
    })
    expect(body.items[1]).toMatchObject({ name: 'Gift wrap', qty: 1, price: { amount: 0.5, currency: 'USD' } })
    const event = on.events.findLast(({ type }) => type === 'OrderCreate')
    expect(event?.locationId).toBe(on.locationId)
    expect(JSON.parse(event?.payloadText ?? '')).toMatchObject({ _id: body._id, amount: 45.48 })
    const contact = (await on.call('GET', `/contacts/${on.contactId}`)).body.contact
    expect(contact.type).toBe('customer')
    expect((await on.get(`/payments/orders/${body._id}`)).body).toMatchObject({ _id: body._id, amount: 45.48 })
  })

  test('of a product alone takes its oldest price', async () => {
    const { priceId, productId } = await on.price({ amount: 7 })
    const { body } = await on.order([{ productId, qty: 1 }])
    expect([body.amount, body.items[0].price._id]).toEqual([7, priceId])
  })

  test('counts taxes of its products and of its lines', async () => {
    const tax = (await on.call('POST', '/products/taxes', { body: { locationId: on.locationId, name: 'Sales tax', rate: 8.25 } }))
      .body
    const { priceId } = await on.price({ amount: 10 }, { isTaxesEnabled: true, taxes: [tax._id] })
    const { body } = await on.order([
      { priceId, qty: 1 },
      { name: 'Fee', price: 100, qty: 1, taxes: [{ name: 'VAT', rate: 10 }] },
    ])
    expect(body.amountSummary).toEqual({ subtotal: 110, discount: 0, tax: 10.83, shipping: 0 })
    expect(body.amount).toBe(120.83)
    expect(body.taxSummary).toEqual([
      { _id: tax._id, name: 'Sales tax', rate: 8.25, calculation: 'exclusive', amount: 0.83 },
      { _id: expect.any(String), name: 'VAT', rate: 10, calculation: 'exclusive', amount: 10 },
    ])
  })

  test.each([
    ['nobody', { contactId: 'nobody' }, 400, 'Contact not found for id:nobody'],
    ['a price that is not there', { items: [{ priceId: 'none', qty: 1 }] }, 400, 'Price not found'],
    ['another currency than its prices', { currency: 'EUR' }, 400, 'The price of Tee - Blue is in USD, the order in EUR.'],
    ['a currency that is none', { currency: 'XQX' }, 422, ['currency must be a valid ISO4217 currency code']],
    ['a thing without a price', { items: [{ name: 'X', qty: 1 }] }, 422, expect.any(Array)],
    ['a coupon that is not there', { couponCode: 'NONE' }, 400, 'Coupon NONE not found'],
  ])('of %s is refused and takes nothing', async (_case, fields, status, message) => {
    const { priceId, productId } = await on.price({ trackInventory: true, availableQuantity: 3 })
    const reply = await on.order([{ priceId, qty: 1 }], fields)
    expect([reply.status, reply.body.message]).toEqual([status, message])
    expect(await left(productId, priceId)).toBe(3)
  })

  test('is changed until something is paid: stock, coupon and amounts follow', async () => {
    const { priceId, productId } = await on.price({ trackInventory: true, availableQuantity: 10 })
    const { code } = await coupon({ code: 'CHANGE' })
    const { body } = await on.order([{ priceId, qty: 4 }], { couponCode: code })
    expect([body.amount, body.coupon.code, await left(productId, priceId)]).toEqual([36, 'CHANGE', 6])
    const changed = await put(body._id, { items: [{ priceId, qty: 1 }], couponCode: null })
    expect([changed.status, changed.body.amount, changed.body.coupon]).toEqual([200, 10, undefined])
    expect(await left(productId, priceId)).toBe(9)
    expect((await on.get('/payments/coupon?code=change')).body.usageCount).toBe(0)
    await on.post(`/payments/orders/${body._id}/record-payment`, { mode: 'cash' })
    expect((await put(body._id, { shipping: 1 })).status).toBe(400)
  })

  test('that is cancelled or deleted gives back what it took, once', async () => {
    const { priceId, productId } = await on.price({ trackInventory: true, availableQuantity: 5 })
    const [one, two] = [await on.order([{ priceId, qty: 2 }]), await on.order([{ priceId, qty: 3 }])]
    expect(await left(productId, priceId)).toBe(0)
    const cancelled = await put(one.body._id, { status: 'cancelled' })
    expect([cancelled.body.status, on.events.at(-1)?.type]).toEqual(['cancelled', 'OrderStatusUpdate'])
    expect(await left(productId, priceId)).toBe(2)
    const at = (id: string) => `/payments/orders/${id}?altId=${on.locationId}&altType=location`
    expect((await on.call('DELETE', at(one.body._id))).body.success).toBe(true)
    expect(await left(productId, priceId)).toBe(2)
    await on.call('DELETE', at(two.body._id))
    expect(await left(productId, priceId)).toBe(5)
    expect((await on.get(`/payments/orders/${one.body._id}`)).body.message).toBe('Order not found')
  })
})

describe('stock', () => {
  test('never goes below zero, however many want the last of it at once', async () => {
    const { priceId, productId } = await on.price({ trackInventory: true, availableQuantity: 7 })
    const replies = await Promise.all(Array.from({ length: 30 }, () => on.order([{ priceId, qty: 1 }])))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(7)
    const refused = replies.filter(({ status }) => status === 400)
    expect(refused.map(({ body }) => body.message)).toEqual(Array(23).fill('Only 0 of Tee - Blue are left.'))
    expect(await left(productId, priceId)).toBe(0)
  })

  test('of two prices in either order is taken without anybody waiting for ever', async () => {
    const [a, b] = [
      await on.price({ trackInventory: true, availableQuantity: 40 }),
      await on.price({ trackInventory: true, availableQuantity: 40 }),
    ]
    const items = [
      { priceId: a.priceId, qty: 1 },
      { priceId: b.priceId, qty: 1 },
    ]
    const replies = await Promise.all(Array.from({ length: 20 }, (_, at) => on.order(at % 2 ? items : items.toReversed())))
    expect(replies.every(({ status }) => status === 201)).toBe(true)
    expect([await left(a.productId, a.priceId), await left(b.productId, b.priceId)]).toEqual([20, 20])
  })

  test('may be oversold where the price says so', async () => {
    const { priceId, productId } = await on.price({ trackInventory: true, availableQuantity: 1, allowOutOfStockPurchases: true })
    expect((await on.order([{ priceId, qty: 5 }])).status).toBe(201)
    expect(await left(productId, priceId)).toBe(0)
  })
})

describe('a coupon', () => {
  test('takes its share off what it is for', async () => {
    const [sale, other] = [await on.price({ amount: 10 }), await on.price({ amount: 20 })]
    const { code } = await coupon({ code: 'ONLY', discountValue: 50, productIds: [sale.productId] })
    const { body } = await on.order(
      [
        { priceId: sale.priceId, qty: 1 },
        { priceId: other.priceId, qty: 1 },
      ],
      { couponCode: code },
    )
    expect(body.amountSummary).toEqual({ subtotal: 30, discount: 5, tax: 0, shipping: 0 })
  })

  test('is used no more often than it may be, however many try at once', async () => {
    const { priceId } = await on.price()
    await coupon({ code: 'TWICE', usageLimit: 2 })
    const replies = await Promise.all(Array.from({ length: 8 }, () => on.order([{ priceId, qty: 1 }], { couponCode: 'twice' })))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(2)
    expect((await on.get('/payments/coupon?code=TWICE')).body.usageCount).toBe(2)
  })

  test('that a customer may use once is refused the second time', async () => {
    const { priceId } = await on.price()
    await coupon({ code: 'ONCE', limitPerCustomer: true })
    const [one, two] = [
      await on.order([{ priceId, qty: 1 }], { couponCode: 'ONCE' }),
      await on.order([{ priceId, qty: 1 }], { couponCode: 'ONCE' }),
    ]
    expect([one.status, two.status, two.body.message]).toEqual([
      201,
      400,
      'This contact has used coupon ONCE before; it may be used once.',
    ])
    await put(one.body._id, { status: 'cancelled' })
    expect((await on.order([{ priceId, qty: 1 }], { couponCode: 'ONCE' })).status).toBe(201)
  })

  test('of everything makes an order that is paid already', async () => {
    const { priceId } = await on.price()
    await coupon({ code: 'FREE', discountValue: 100 })
    const { body } = await on.order([{ priceId, qty: 1 }], { couponCode: 'FREE' })
    expect(body).toMatchObject({ amount: 0, status: 'completed', paymentStatus: 'paid' })
  })

  test('is listed by what it is now, replaced and deleted', async () => {
    const made = await coupon({ code: 'LATER', startDate: '2999-01-01', endDate: '2999-02-01' })
    expect(made).toMatchObject({ status: 'scheduled', limitPerCustomer: 0, usageCount: 0, applyToFuturePayments: true })
    await coupon({ code: 'GONE', endDate: '2021-01-01' })
    const listed = (status: string) => on.get(`/payments/coupon/list?status=${status}`)
    expect((await listed('scheduled')).body.data.map(({ code }: { code: string }) => code)).toEqual(['LATER'])
    expect((await listed('expired')).body).toMatchObject({ data: [{ code: 'GONE' }], totalCount: 1 })
    const again = await on.post('/payments/coupon', {
      name: 'x',
      code: 'later',
      discountType: 'amount',
      discountValue: 1,
      startDate: '2020-01-01',
    })
    expect(again.status).toBe(400)
    const change = {
      altId: on.locationId,
      altType: 'location',
      id: made._id,
      name: 'New',
      code: 'LATER',
      discountType: 'amount',
      discountValue: 2.5,
      startDate: '2020-01-01',
    }
    const changed = await on.call('PUT', '/payments/coupon', { body: change })
    expect(changed.body).toMatchObject({ _id: made._id, name: 'New', status: 'active', discountValue: 2.5 })
    const gone = await on.call('DELETE', '/payments/coupon', {
      body: { altId: on.locationId, altType: 'location', id: made._id },
    })
    expect([gone.status, gone.body.success]).toEqual([200, true])
    expect((await on.get(`/payments/coupon?id=${made._id}`)).body.message).toBe('Coupon not found')
  })

  test.each([
    ['ends before it begins', { endDate: '2019-01-01' }, 'endDate must be after startDate'],
    ['takes more than all', { discountValue: 101 }, 'discountValue must not be greater than 100'],
    ['begins on no day', { startDate: 'soon' }, 'startDate must be a valid ISO 8601 date string'],
  ])('that %s is refused', async (_case, fields, message) => {
    const reply = await coupon({ code: 'BAD', ...fields })
    expect([reply.statusCode, reply.message]).toEqual([422, [message]])
  })
})

describe('orders of a sub-account', () => {
  test('are found by status, contact, text, product, source and day', async () => {
    const buyer = await on.contact({ firstName: 'Grace', lastName: 'Findable', email: 'grace@find.example' })
    const { priceId, productId } = await on.price()
    const { body } = await on.order([{ priceId, qty: 1 }], {
      contactId: buyer,
      source: { type: 'funnel', id: 'f1', name: 'Spring funnel' },
    })
    const today = on.clock.now().toISOString().slice(0, 10)
    for (const query of [
      `contactId=${buyer}`,
      'search=FINDABLE',
      'search=spring',
      `funnelProductIds=${productId}`,
      'sourceId=f1',
      `startAt=${today}&endAt=${today}&contactId=${buyer}`,
      `status=pending&paymentStatus=unpaid&paymentMode=live&contactId=${buyer}`,
    ]) {
      const { body: list } = await on.get(`/payments/orders?${query}`)
      expect([query, list.totalCount, list.data[0]._id]).toEqual([query, 1, body._id])
    }
    expect((await on.get(`/payments/orders?contactId=${buyer}&endAt=2020-01-01`)).body).toMatchObject({ data: [], totalCount: 0 })
    const [row] = (await on.get(`/payments/orders?contactId=${buyer}`)).body.data
    expect(row).toMatchObject({
      contactName: 'Grace Findable',
      amount: 10,
      totalProducts: 1,
      onetimeProducts: 1,
      recurringProducts: 0,
      sourceType: 'funnel',
    })
  })

  test('are out of reach for another sub-account', async () => {
    const { priceId } = await on.price()
    const { body } = await on.order([{ priceId, qty: 1 }])
    const token = on.token({ locationId: on.otherLocationId })
    const theirs = await on.call('GET', `/payments/orders/${body._id}?altId=${on.otherLocationId}`, { token })
    expect([theirs.status, theirs.body.message]).toEqual([400, 'Order not found'])
    expect((await on.call('GET', `/payments/orders?altId=${on.locationId}`, { token })).status).toBe(403)
    const alt = { altId: on.otherLocationId, altType: 'location' }
    const pay = await on.call('POST', `/payments/orders/${body._id}/record-payment`, { token, body: { ...alt, mode: 'cash' } })
    expect(pay.status).toBe(400)
  })
})
