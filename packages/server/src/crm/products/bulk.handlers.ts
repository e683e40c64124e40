import { missing, unprocessable } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { type PriceFields, pricesOf } from './prices.sql.js'
import { claimSlug } from './products.handlers.js'
import {
  type Adjustment,
  adjusted,
  inCurrency,
  type StoredAmounts,
  slugOf,
  toPriceEdit,
  toPriceEvent,
  toProductEdit,
} from './products.rules.js'
import { productsOf } from './products.sql.js'

const most = 1000

const demand = <T>(value: T | undefined, field: string): T => {
  if (value === undefined) throw unprocessable([`${field} should not be empty`])
  return value
}

type PriceEvent = ReturnType<typeof toPriceEvent>

/** Changes every price of the products by a rule of its own. */
const changePrices = async (
  db: Db,
  locationId: string,
  productIds: readonly string[],
  change: (price: StoredAmounts) => Partial<PriceFields>,
  now: Date,
): Promise<PriceEvent[]> => {
  const prices = pricesOf(db, locationId)
  const changed: PriceEvent[] = []
  for (const row of await prices.lockOfProducts(productIds)) {
    const price = await prices.change(row.product, row._id, change(row), now)
    if (price) changed.push(toPriceEvent(price.value))
  }
  return changed
}

const byAdjustment = (price: Adjustment | undefined, compareAtPrice: Adjustment | undefined) => (row: StoredAmounts) => ({
  ...(price ? { amountMinor: adjusted(row.amountMinor, row.digits, price) } : {}),
  ...(compareAtPrice ? { compareAtMinor: adjusted(row.compareAtMinor ?? 0, row.digits, compareAtPrice) } : {}),
})

export const bulkHandlers = () =>
  implement(contract.bulk, ({ db, locationId }) => ({ products: productsOf(db, locationId) }), {
    update: async ({ body }, { products, db, locationId, now, emitAll }) => {
      const { type, filters, price, compareAtPrice, availability, collectionIds, currency } = body
      const filter = filters?.collectionIds?.length === 0 ? { ...filters, collectionIds: undefined } : filters
      const asked =
        body.productIds.length > 0 ? [...new Set(body.productIds)] : await products.ids(demand(filter, 'filters'), most)
      const ids = (await products.lock(asked)).map(({ _id }) => _id)
      if (ids.length < asked.length) throw missing('Product')
      const acts = {
        'bulk-update-price': async () => {
          if (!price && !compareAtPrice) throw unprocessable(['price should not be empty'])
          await emitAll('PriceUpdate', await changePrices(db, locationId, ids, byAdjustment(price, compareAtPrice), now))
        },
        'bulk-update-currency': async () => {
          const code = demand(currency, 'currency')
          await emitAll('PriceUpdate', await changePrices(db, locationId, ids, (row) => inCurrency(row, code), now))
        },
        'bulk-update-availability': async () => {
          const availableInStore = demand(availability, 'availability')
          await emitAll('ProductUpdate', await products.changeAll(ids, { availableInStore }, now))
        },
        'bulk-update-product-collection': async () => {
          const collections = [...new Set(demand(collectionIds, 'collectionIds'))]
          await emitAll('ProductUpdate', await products.changeAll(ids, { collectionIds: collections }, now))
        },
        'bulk-delete-products': async () => {
          const prices = await pricesOf(db, locationId).ofProducts(ids)
          await emitAll('ProductDelete', await products.remove(ids))
          await emitAll(
            'PriceDelete',
            prices.map(({ value }) => toPriceEvent(value)),
          )
        },
      }
      await acts[type]()
      return { status: true, message: `${ids.length} products updated` }
    },

    edit: async ({ body: { products: edits } }, { products, db, locationId, now, emit, emitAll }) => {
      const prices = pricesOf(db, locationId)
      const ids = [...new Set(edits.map(({ _id }) => _id))]
      const rows = new Map((await products.lock(ids)).map((row) => [row._id, row]))
      const priceRows = new Map((await prices.lockOfProducts(ids)).map((row) => [row._id, row]))
      const changedPrices: PriceEvent[] = []
      for (const { _id, prices: priceEdits = [], slug: wanted, ...edit } of edits) {
        const row = rows.get(_id)
        if (!row) throw missing('Product')
        const moves = wanted && slugOf(wanted) !== row.slug
        const slug = moves ? { slug: await claimSlug(products, wanted, '', _id) } : {}
        const product = await products.change(_id, { ...toProductEdit(edit), ...slug }, now)
        if (product) await emit('ProductUpdate', product)
        for (const { _id: priceId, ...sent } of priceEdits) {
          const before = priceRows.get(priceId)
          if (before?.product !== _id) throw missing('Price')
          const price = await prices.change(_id, priceId, toPriceEdit(before, sent), now)
          if (price) changedPrices.push(toPriceEvent(price.value))
        }
      }
      await emitAll('PriceUpdate', changedPrices)
      return { message: 'Products updated', status: true, updatedCount: ids.length }
    },
  })
