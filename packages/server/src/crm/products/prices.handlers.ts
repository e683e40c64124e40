import { found, missing } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { pricesOf } from './prices.sql.js'
import { usualLimit } from './products.handlers.js'
import { idsIn, toPrice, toPriceEvent } from './products.rules.js'
import { productsOf } from './products.sql.js'

const thing = 'Price'

export const priceHandlers = () =>
  implement(
    contract.price,
    ({ db, locationId }) => ({ prices: pricesOf(db, locationId), products: productsOf(db, locationId) }),
    {
      list: async ({ productId, query: { ids, limit, offset } }, { prices, products }) => {
        const { _id } = found(await products.find(productId), 'Product').value
        return prices.list(_id, idsIn(ids), limit || usualLimit, offset)
      },

      create: async ({ productId, body }, { prices, products, userId, now, emit }) => {
        if (!(await products.hold(productId))) throw missing('Product')
        const row = toPrice(body)
        const price = found(await prices.add(productId, { ...row, userId: row.userId ?? userId, _id: newHexId() }, now), thing)
        await emit('PriceCreate', toPriceEvent(price.value))
        return price
      },

      get: async ({ productId, priceId }, { prices }) => found(await prices.find(productId, priceId), thing),

      update: async ({ productId, priceId, body }, { prices, now, emit }) => {
        const [before] = await prices.lock([priceId])
        if (before?.product !== productId) throw missing(thing)
        const { trackInventory, availableQuantity, userId, ...row } = toPrice(body)
        const stock = {
          trackInventory: typeof body.trackInventory === 'boolean' ? trackInventory : before.trackInventory,
          availableQuantity: typeof body.availableQuantity === 'number' ? availableQuantity : before.availableQuantity,
        }
        const change = { ...row, ...stock, userId: userId ?? before.userId }
        const price = found(await prices.change(productId, priceId, change, now), thing)
        await emit('PriceUpdate', toPriceEvent(price.value))
        return price
      },

      remove: async ({ productId, priceId }, { prices, emit }) => {
        const price = found(await prices.remove(productId, priceId), thing)
        await emit('PriceDelete', toPriceEvent(price.value))
        return { status: true }
      },
    },
  )

export const inventoryHandlers = () =>
  implement(contract.inventory, ({ db, locationId }) => ({ prices: pricesOf(db, locationId) }), {
    list: ({ query: { search, limit, offset } }, { prices }) => prices.inventory(search, limit || usualLimit, offset),

    update: async ({ body: { items } }, { prices, now, emitAll }) => {
      const ids = [...new Set(items.map(({ priceId }) => priceId))]
      if ((await prices.lock(ids)).length < ids.length) throw missing(thing)
      // Of two lines about one price the last counts: a statement changes a row once.
      const lines = [...new Map(items.map((item) => [item.priceId, item])).values()]
      const changed = await prices.setStock(lines, now)
      await emitAll(
        'PriceUpdate',
        changed.map(({ value }) => toPriceEvent(value)),
      )
      return { status: true, message: 'Inventory updated' }
    },
  })
