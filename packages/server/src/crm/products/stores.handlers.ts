import { missing } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { idsIn } from './products.rules.js'
import { productsOf } from './products.sql.js'
import { storeOf } from './stores.sql.js'

export const storeHandlers = () =>
  implement(
    contract.productStore,
    ({ db, locationId }, { storeId = '' }) => ({
      products: productsOf(db, locationId),
      store: storeOf(db, locationId, storeId),
    }),
    {
      stats: async ({ storeId, query: { search, collectionIds } }, { products }) => {
        const filter = { search, collectionIds: idsIn(collectionIds) }
        const totalProducts = await products.count(filter)
        const includedInStore = await products.count({ ...filter, storeId, includedInStore: true })
        return { totalProducts, includedInStore, excludedFromStore: totalProducts - includedInStore }
      },

      place: async ({ body: { action, productIds } }, { products, store, now, emitAll }) => {
        const ids = [...new Set(productIds)]
        const included = action === 'include'
        if ((await products.lock(ids)).length < ids.length) throw missing('Product')
        await store.place(ids, included)
        await emitAll('ProductUpdate', await products.changeAll(ids, { availableInStore: included }, now))
        return { status: true, message: included ? 'Products are in the store' : 'Products are out of the store' }
      },

      priority: async ({ body: { products: lines } }, { products, store }) => {
        const last = [...new Map(lines.map((line) => [line._id, line])).values()]
        const ids = last.map(({ _id }) => _id)
        if ((await products.lock(ids)).length < ids.length) throw missing('Product')
        await store.order(last)
        return { status: true, message: 'Display priorities updated' }
      },
    },
  )
