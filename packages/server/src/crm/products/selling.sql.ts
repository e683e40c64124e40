import { type Json, missing } from '@groundlevel/contract-kit'
import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { pricesOf } from './prices.sql.js'
import { productsOf } from './products.sql.js'
import { taxesOf } from './taxes.sql.js'

/** A price with its product, as an order keeps both. */
export interface Good {
  readonly priceId: string
  readonly productId: string
  readonly name: string
  readonly currency: string
  readonly digits: number
  readonly amountMinor: number
  readonly setupFeeMinor: number
  readonly recurring: { readonly interval: 'day' | 'week' | 'month' | 'year'; readonly intervalCount: number } | null
  readonly trialPeriod: number | null
  readonly totalCycles: number | null
  readonly counted: boolean
  readonly left: number
  readonly overselling: boolean
  readonly taxes: readonly { _id: string; name: string; rate: number; calculation: 'exclusive' | 'inclusive' }[]
  readonly product: Readonly<Record<string, unknown>>
  readonly price: Readonly<Record<string, unknown>>
}

const byId = <T extends { readonly _id: string }>(rows: readonly Json<T>[]) =>
  new Map(rows.map(({ value }) => [value._id, value]))

/** The oldest price of each product, for orders that name the product alone. */
export const firstPrices = async (
  db: Db,
  locationId: string,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (productIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('prices')
    .select(['product', '_id'])
    .distinctOn('product')
    .where('locationId', '=', locationId)
    .where('product', 'in', [...productIds])
    .orderBy('product')
    .orderBy('createdAt')
    .orderBy('_id')
    .execute()
  return new Map(rows.map(({ product, _id }) => [product, _id]))
}

/**
 * What is sold, by the ids of prices; their rows stay locked while the transaction runs, in the order of their ids, so that
 * two orders of the same things wait for each other instead of for ever.
 *
 * @throws WireError 400 where there is no such price
 */
export const holdGoods = async (db: Db, locationId: string, priceIds: readonly string[]): Promise<ReadonlyMap<string, Good>> => {
  if (priceIds.length === 0) return new Map()
  const prices = pricesOf(db, locationId)
  const rows = await prices.lock(priceIds)
  if (rows.length < new Set(priceIds).size) throw missing('Price')
  const productIds = [...new Set(rows.map(({ product }) => product))]
  const products = byId(await productsOf(db, locationId).several(productIds))
  const wire = byId(await prices.ofProducts(productIds))
  const taxIds = [...products.values()].flatMap(({ isTaxesEnabled, taxes }) => (isTaxesEnabled ? taxes : []))
  const taxes = await taxesOf(db, locationId).among(taxIds)
  return new Map(
    rows.map((row) => {
      const product = products.get(row.product)
      const price = wire.get(row._id)
      if (!product || !price) throw missing('Product')
      const its = product.isTaxesEnabled ? taxes.filter(({ _id }) => product.taxes.includes(_id)) : []
      const good: Good = {
        priceId: row._id,
        productId: row.product,
        name: product.name === row.name ? row.name : `${product.name} - ${row.name}`,
        currency: row.currency,
        digits: row.digits,
        amountMinor: row.amountMinor,
        setupFeeMinor: row.setupFeeMinor ?? 0,
        recurring: row.type === 'recurring' ? (row.recurring as Good['recurring']) : null,
        trialPeriod: row.trialPeriod,
        totalCycles: row.totalCycles,
        counted: row.trackInventory,
        left: row.availableQuantity,
        overselling: row.allowOutOfStockPurchases,
        taxes: its.map((tax) => ({
          ...tax,
          calculation: product.taxInclusive || tax.calculation === 'inclusive' ? 'inclusive' : 'exclusive',
        })),
        product,
        price,
      }
      return [row._id, good]
    }),
  )
}

/** Locks what is there of these prices, in the order of their ids, which is that of every order. */
export const lockPrices = async (db: Db, locationId: string, priceIds: readonly string[]): Promise<void> => {
  await pricesOf(db, locationId).lock(priceIds)
}

/** Changes what is left of prices, by the difference of each; never below nothing. */
export const moveStock = async (
  db: Db,
  locationId: string,
  moves: readonly { readonly priceId: string; readonly by: number }[],
): Promise<void> => {
  if (moves.length === 0) return
  await lockPrices(
    db,
    locationId,
    moves.map(({ priceId }) => priceId),
  )
  await sql`
    update prices p set "availableQuantity" = greatest(p."availableQuantity" + m.by, 0)
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) m ("priceId" text, by integer)
    where p."locationId" = ${locationId} and p._id = m."priceId"
  `.execute(db)
}
