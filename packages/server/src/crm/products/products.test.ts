import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { productsModule } from './index.js'

let on: ModuleApp
let alt: { altId: string; altType: string }

beforeAll(async () => {
  on = await moduleApp(() => productsModule())
  alt = { altId: on.locationId, altType: 'location' }
})
afterAll(() => on?.close())

const add = async (fields: object = {}) =>
  (
    await on.call('POST', '/products/', {
      body: { locationId: on.locationId, name: 'Tee', productType: 'PHYSICAL', ...fields },
    })
  ).body

const addPrice = async (productId: string, fields: object = {}) => {
  const body = { locationId: on.locationId, name: 'One', type: 'one_time', currency: 'usd', amount: 19.99, ...fields }
  return (await on.call('POST', `/products/${productId}/price`, { body })).body
}

const get = (path: string) => on.call('GET', `${path}${path.includes('?') ? '&' : '?'}locationId=${on.locationId}`)
const altQuery = () => `altId=${on.locationId}&altType=location`
const lastEvents = (count: number) => on.events.slice(-count).map(({ type }) => type)

describe('a product', () => {
  test('is created bare with 201, a slug of its own and an event', async () => {
    const { status, body } = await on.call('POST', '/products/', {
      body: {
        locationId: on.locationId,
        name: 'Classic Tee',
        productType: 'PHYSICAL',
        medias: [{ id: 'm', url: 'https://x.example/a.png', type: 'image' }],
      },
    })
    expect(status).toBe(201)
    const { traceId: _, ...product } = body
    expect(product).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      locationId: on.locationId,
      name: 'Classic Tee',
      productType: 'PHYSICAL',
      availableInStore: false,
      collectionIds: [],
      isTaxesEnabled: false,
      isLabelEnabled: false,
      taxInclusive: false,
      taxes: [],
      medias: [{ id: 'm', url: 'https://x.example/a.png', type: 'image' }],
      slug: 'classic-tee',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    })
    expect(on.events.at(-1)).toMatchObject({ type: 'ProductCreate', locationId: on.locationId })
    expect((await add({ name: 'Classic Tee' })).slug).toBe('classic-tee-2')
  })

  test('is found by id and by slug, and nowhere else', async () => {
    const { _id } = await add({ name: 'Findable' })
    expect((await get(`/products/${_id}`)).body._id).toBe(_id)
    expect((await get('/products/findable')).body._id).toBe(_id)
    const token = on.token({ locationId: on.otherLocationId })
    const foreign = await on.call('GET', `/products/${_id}?locationId=${on.otherLocationId}`, { token })
    expect([foreign.status, foreign.body.message]).toEqual([400, 'Product not found'])
  })

  test('is replaced by an update: what was left out is empty', async () => {
    const { _id } = await add({ name: 'Before', description: 'Words', availableInStore: true, collectionIds: ['c'] })
    const body = { locationId: on.locationId, name: 'After', productType: 'DIGITAL' }
    const changed = await on.call('PUT', `/products/${_id}`, { body })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      name: 'After',
      productType: 'DIGITAL',
      availableInStore: false,
      collectionIds: [],
      slug: 'before',
    })
    expect(changed.body).not.toHaveProperty('description')
    expect(lastEvents(1)).toEqual(['ProductUpdate'])
  })

  test('with a slug that another has is refused', async () => {
    await add({ name: 'Taken' })
    const { status, body } = await on.call('POST', '/products/', {
      body: { locationId: on.locationId, name: 'X', productType: 'SERVICE', slug: 'Taken' },
    })
    expect([status, body.message]).toEqual([400, 'Another product has the slug taken; choose one that is free.'])
  })

  test('goes with its prices, which their events tell', async () => {
    const { _id } = await add()
    await addPrice(_id)
    const gone = await on.call('DELETE', `/products/${_id}?locationId=${on.locationId}`)
    expect([gone.status, gone.body.status]).toEqual([200, true])
    expect(lastEvents(2)).toEqual(['ProductDelete', 'PriceDelete'])
    expect((await get(`/products/${_id}`)).status).toBe(400)
  })

  test('is made once where many make it at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => add({ name: 'Race' })))
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(8)
  })
})

describe('products of a sub-account', () => {
  test('are listed without medias, searched, paged and counted as the wire does', async () => {
    const token = on.token({ locationId: on.otherLocationId })
    const theirs = { token }
    for (const name of ['Red mug', 'Blue mug', 'Plate']) {
      const medias = [{ id: 'm', url: 'https://x.example', type: 'image' }]
      await on.call('POST', '/products/', {
        token,
        body: { locationId: on.otherLocationId, name, productType: 'PHYSICAL', medias },
      })
    }
    const at = `/products/?locationId=${on.otherLocationId}`
    const found = await on.call('GET', `${at}&search=MUG&limit=1`, theirs)
    expect(found.body.total).toEqual([{ total: 2 }])
    expect(found.body.products.map(({ name }: { name: string }) => name)).toEqual(['Blue mug'])
    expect(found.body.products[0]).not.toHaveProperty('medias')
    expect((await on.call('GET', at, theirs)).body.products).toHaveLength(3)
    expect((await on.call('GET', `${at}&search=100%25`, theirs)).body.total).toEqual([{ total: 0 }])
  })

  test('tell their taxes in full where they are asked to', async () => {
    const tax = (await on.call('POST', '/products/taxes', { body: { locationId: on.locationId, name: 'VAT', rate: 7.25 } })).body
    expect(tax).toMatchObject({ name: 'VAT', rate: 7.25, calculation: 'exclusive' })
    const { _id } = await add({ name: 'Taxed', isTaxesEnabled: true, taxes: [tax._id] })
    const rows = (await get(`/products/?productIds=${_id}&expand=tax`)).body.products
    expect(rows[0].taxes).toEqual([{ _id: tax._id, name: 'VAT', rate: 7.25, calculation: 'exclusive' }])
    expect((await get(`/products/?productIds=${_id}`)).body.products[0].taxes).toEqual([tax._id])
  })
})

describe('a price', () => {
  test('keeps the amount to the minor unit of its currency', async () => {
    const { _id } = await add()
    const price = await addPrice(_id, { amount: 1.005, compareAtPrice: 2, setupFee: 0.1 })
    expect(price).toMatchObject({
      product: _id,
      currency: 'USD',
      amount: 1.01,
      compareAtPrice: 2,
      setupFee: 0.1,
      type: 'one_time',
    })
    expect(await addPrice(_id, { currency: 'JPY', amount: 150.4 })).toMatchObject({ currency: 'JPY', amount: 150 })
    const list = (await get(`/products/${_id}/price`)).body
    expect([list.total, list.prices.map(({ amount }: { amount: number }) => amount)]).toEqual([2, [1.01, 150]])
    const event = JSON.parse(on.events.at(-1)?.payloadText ?? '')
    expect(event).toMatchObject({ priceType: 'one_time', product: _id })
    expect(event).not.toHaveProperty('type')
  })

  test.each([
    ['a currency that is none', { currency: 'XQX' }, 'currency must be a valid ISO4217 currency code'],
    ['no period, though it recurs', { type: 'recurring' }, 'recurring must be an object'],
    ['less than nothing', { amount: -1 }, 'amount must not be less than 0'],
  ])('with %s is refused', async (_case, fields, message) => {
    const { _id } = await add()
    const reply = await addPrice(_id, fields)
    expect([reply.statusCode, reply.message]).toEqual([422, expect.arrayContaining([message])])
  })

  test('is replaced by an update, but its stock stays unless it is sent', async () => {
    const { _id } = await add()
    const { _id: priceId } = await addPrice(_id, { trackInventory: true, availableQuantity: 5, sku: 'A' })
    const body = { locationId: on.locationId, name: 'Two', type: 'one_time', currency: 'USD', amount: 3 }
    const changed = (await on.call('PUT', `/products/${_id}/price/${priceId}`, { body })).body
    expect(changed).toMatchObject({ name: 'Two', amount: 3, trackInventory: true, availableQuantity: 5 })
    expect(changed).not.toHaveProperty('sku')
    const gone = await on.call('DELETE', `/products/${_id}/price/${priceId}?locationId=${on.locationId}`)
    expect(gone.body.status).toBe(true)
    expect((await get(`/products/${_id}/price/${priceId}`)).body.message).toBe('Price not found')
  })

  test('of another product is not found under this one', async () => {
    const [one, two] = [await add(), await add()]
    const { _id } = await addPrice(one._id)
    expect((await get(`/products/${two._id}/price/${_id}`)).status).toBe(400)
  })
})

describe('inventory', () => {
  test('lists what is counted, and is set for several prices or for none', async () => {
    const { _id } = await add({ name: 'Stocked' })
    const [a, b] = [
      await addPrice(_id, { name: 'A', trackInventory: true, availableQuantity: 1 }),
      await addPrice(_id, { name: 'B' }),
    ]
    const items = [
      { priceId: a._id, availableQuantity: 9 },
      { priceId: b._id, availableQuantity: 4, allowOutOfStockPurchases: true },
    ]
    const set = await on.call('POST', '/products/inventory', { body: { ...alt, items } })
    expect([set.status, set.body.status]).toEqual([201, true])
    const { body } = await on.call('GET', `/products/inventory?${altQuery()}&search=stocked`)
    expect(body.total).toEqual({ total: 2 })
    expect(
      body.inventory
        .map(({ name, availableQuantity }: { name: string; availableQuantity: number }) => [name, availableQuantity])
        .sort(),
    ).toEqual([
      ['A', 9],
      ['B', 4],
    ])
    const wrong = {
      items: [
        { priceId: a._id, availableQuantity: 1 },
        { priceId: 'nobody', availableQuantity: 1 },
      ],
    }
    expect((await on.call('POST', '/products/inventory', { body: { ...alt, ...wrong } })).body.message).toBe('Price not found')
    expect((await get(`/products/${_id}/price/${a._id}`)).body.availableQuantity).toBe(9)
  })
})

describe('a store', () => {
  test('counts what it includes and shows it in its order', async () => {
    const [x, y] = [await add({ name: 'Store X' }), await add({ name: 'Store Y' })]
    const place = await on.call('POST', '/products/store/shop', {
      body: { ...alt, action: 'include', productIds: [x._id, y._id] },
    })
    expect([place.status, place.body.status]).toEqual([201, true])
    const priority = {
      products: [
        { _id: y._id, displayPriority: 2 },
        { _id: x._id, displayPriority: 1 },
      ],
    }
    expect((await on.call('POST', '/products/store/shop/priority', { body: { ...alt, ...priority } })).status).toBe(200)
    const rows = (await get('/products/?storeId=shop&includedInStore=true')).body.products
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(['Store X', 'Store Y'])
    await on.call('POST', '/products/store/shop', { body: { ...alt, action: 'exclude', productIds: [y._id] } })
    const { body } = await on.call('GET', `/products/store/shop/stats?${altQuery()}&search=store`)
    expect(body).toMatchObject({ totalProducts: 2, includedInStore: 1, excludedFromStore: 1 })
  })
})

describe('a collection', () => {
  test('is created, found, changed and deleted; its products stay without it', async () => {
    const made = await on.call('POST', '/products/collections', { body: { ...alt, name: 'Sale', slug: 'Sale 1' } })
    expect([made.status, made.body.data]).toEqual([
      201,
      expect.objectContaining({ altId: on.locationId, name: 'Sale', slug: 'sale-1', image: '', seo: {} }),
    ])
    const { _id } = made.body.data
    const product = await add({ collectionIds: [_id] })
    expect((await get('/products/?collectionSlug=sale-1')).body.total).toEqual([{ total: 1 }])
    const changed = await on.call('PUT', `/products/collections/${_id}`, { body: { ...alt, name: 'Offers' } })
    expect([changed.status, changed.body.status]).toEqual([200, true])
    const one = (await on.call('GET', `/products/collections/${_id}?${altQuery()}`)).body
    expect([one.status, one.data.name]).toEqual([true, 'Offers'])
    const again = await on.call('POST', '/products/collections', { body: { ...alt, name: 'Other', slug: 'sale-1' } })
    expect(again.status).toBe(400)
    await on.call('DELETE', `/products/collections/${_id}?${altQuery()}`)
    expect((await get(`/products/${product._id}`)).body.collectionIds).toEqual([])
    expect((await on.call('GET', `/products/collections?${altQuery()}&name=offers`)).body).toMatchObject({ data: [], total: 0 })
  })
})

describe('a review', () => {
  test('waits, is approved with an answer, counted and deleted', async () => {
    const product = await add({ name: 'Reviewed' })
    const written = {
      ...alt,
      productId: product._id,
      rating: 4.5,
      headline: 'Good',
      user: { name: 'Ada', email: 'ada@x.example' },
    }
    const { data } = (await on.call('POST', '/products/reviews', { body: written })).body
    expect(data).toMatchObject({ status: 'pending', rating: 4.5, reply: [] })
    const reply = [{ headline: 'Thanks', comment: 'Come again', user: { name: 'Shop', email: 'shop@x.example' } }]
    const answered = { ...alt, productId: product._id, status: 'approved', reply }
    expect((await on.call('PUT', `/products/reviews/${data._id}`, { body: answered })).body.status).toBe(true)
    const list = await on.call('GET', `/products/reviews?${altQuery()}&productId=${product._id}&rating=4.5`)
    expect(list.body).toMatchObject({ total: 1, data: [{ status: 'approved', reply }] })
    const bulk = { ...alt, reviews: [{ reviewId: data._id, productId: product._id, storeId: 's' }], status: 'rejected' }
    expect((await on.call('POST', '/products/reviews/bulk-update', { body: bulk })).status).toBe(201)
    const count = await on.call('GET', `/products/reviews/count?${altQuery()}&productId=${product._id}`)
    expect(count.body.data).toEqual([{ status: 'rejected', count: 1 }])
    const gone = await on.call('DELETE', `/products/reviews/${data._id}?${altQuery()}&productId=${product._id}`)
    expect(gone.body.status).toBe(true)
    const none = await on.call(
      'GET',
      `/products/reviews?${altQuery()}&productId=${product._id}&startDate=2020-01-01&endDate=2020-01-02`,
    )
    expect(none.body.total).toBe(0)
  })
})

describe('many products at once', () => {
  test('get dearer by a tenth in whole units, and another currency', async () => {
    const product = await add({ name: 'Bulk one' })
    const { _id } = await addPrice(product._id, { amount: 19.99 })
    const bulk = (fields: object) =>
      on.call('POST', '/products/bulk-update', { body: { ...alt, productIds: [product._id], ...fields } })
    const price = { type: 'INCREASE_BY_PERCENTAGE', value: 10, roundToWhole: true }
    expect((await bulk({ type: 'bulk-update-price', price })).status).toBe(201)
    expect((await get(`/products/${product._id}/price/${_id}`)).body.amount).toBe(22)
    await bulk({ type: 'bulk-update-currency', currency: 'jpy' })
    expect((await get(`/products/${product._id}/price/${_id}`)).body).toMatchObject({ amount: 22, currency: 'JPY' })
    await bulk({ type: 'bulk-update-price', price: { type: 'REDUCE_BY_AMOUNT', value: 100 } })
    expect((await get(`/products/${product._id}/price/${_id}`)).body.amount).toBe(0)
    await bulk({ type: 'bulk-update-availability', availability: true })
    expect((await get(`/products/${product._id}`)).body.availableInStore).toBe(true)
    await bulk({ type: 'bulk-delete-products' })
    expect(lastEvents(2)).toEqual(['ProductDelete', 'PriceDelete'])
  })

  test('are edited in what was sent, or not at all', async () => {
    const product = await add({ name: 'Edited', description: 'Stays' })
    const { _id } = await addPrice(product._id)
    const products = [{ _id: product._id, name: 'Edited again', prices: [{ _id, amount: 5 }] }]
    const { status, body } = await on.call('POST', '/products/bulk-update/edit', { body: { ...alt, products } })
    expect([status, body.status, body.updatedCount]).toEqual([201, true, 1])
    expect((await get(`/products/${product._id}`)).body).toMatchObject({ name: 'Edited again', description: 'Stays' })
    expect((await get(`/products/${product._id}/price/${_id}`)).body.amount).toBe(5)
    const wrong = [{ _id: product._id, name: 'No' }, { _id: 'nobody' }]
    expect((await on.call('POST', '/products/bulk-update/edit', { body: { ...alt, products: wrong } })).status).toBe(400)
    expect((await get(`/products/${product._id}`)).body.name).toBe('Edited again')
  })
})
