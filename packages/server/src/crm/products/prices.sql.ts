import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, each, one, sparseRows } from '../../database/wire.js'

const { InventoryItem, Price } = shapes

/** Columns of a price that a request sets; amounts in whole minor units. */
export interface PriceFields {
  readonly name: string
  readonly type: 'one_time' | 'recurring'
  readonly currency: string
  readonly digits: number
  readonly amountMinor: number
  readonly compareAtMinor: number | null
  readonly setupFeeMinor: number | null
  readonly recurring: string | null
  readonly description: string | null
  readonly membershipOffers: string | null
  readonly trialPeriod: number | null
  readonly totalCycles: number | null
  readonly variantOptionIds: string[]
  readonly userId: string | null
  readonly meta: string | null
  readonly trackInventory: boolean
  readonly availableQuantity: number
  readonly allowOutOfStockPurchases: boolean
  readonly sku: string | null
  readonly shippingOptions: string | null
  readonly isDigitalProduct: boolean
  readonly digitalDelivery: string[] | null
}

export interface StockChange {
  readonly priceId: string
  readonly availableQuantity?: number | undefined
  readonly allowOutOfStockPurchases?: boolean | undefined
}

const texts = (values: readonly string[]) => sql`${sql.val([...values])}::text[]`
const containing = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** The wire's amounts beside the columns. */
const amounts = [
  sql<number>`major("amountMinor", digits)`.as('amount'),
  sql<number | null>`major("compareAtMinor", digits)`.as('compareAtPrice'),
  sql<number | null>`major("setupFeeMinor", digits)`.as('setupFee'),
] as const

/** Prices of one location. */
export const pricesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('prices').where('prices.locationId', '=', locationId)
  const changed = (change: Partial<PriceFields>, now: Date) =>
    db
      .updateTable('prices')
      .set({ ...change, updatedAt: now })
      .where('locationId', '=', locationId)

  return {
    list: async (product: string, ids: readonly string[] | undefined, limit: number, offset: number) => {
      const its = mine.where('product', '=', product)
      const asked = ids ? its.where(sql<boolean>`_id = any(${texts(ids)})`) : its
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.selectAll().select(amounts).orderBy('createdAt').orderBy('_id')
      return { prices: await sparseRows(db, Price, rows.limit(sql.lit(limit)).offset(sql.lit(offset))), total: n }
    },
    find: (product: string, id: string) =>
      one(db, Price, mine.selectAll().select(amounts).where('product', '=', product).where('_id', '=', id)),
    ofProducts: (products: readonly string[]) =>
      each(
        db,
        Price,
        mine
          .selectAll()
          .select(amounts)
          .where(sql<boolean>`product = any(${texts(products)})`)
          .orderBy('_id'),
      ),
    /** Rows as they are stored, locked in the order of their ids. */
    lock: (ids: readonly string[]) =>
      mine
        .selectAll()
        .where(sql<boolean>`_id = any(${texts(ids)})`)
        .orderBy('_id')
        .forUpdate()
        .execute(),
    lockOfProducts: (products: readonly string[]) =>
      mine
        .selectAll()
        .where(sql<boolean>`product = any(${texts(products)})`)
        .orderBy('_id')
        .forUpdate()
        .execute(),

    add: (product: string, row: PriceFields & { readonly _id: string }, now: Date) => {
      const values = { ...row, product, locationId, createdAt: now, updatedAt: now }
      return one(db, Price, db.insertInto('prices').values(values).returningAll().returning(amounts))
    },
    change: (product: string, id: string, change: Partial<PriceFields>, now: Date) =>
      one(db, Price, changed(change, now).where('product', '=', product).where('_id', '=', id).returningAll().returning(amounts)),
    remove: (product: string, id: string) =>
      one(
        db,
        Price,
        db
          .deleteFrom('prices')
          .where('locationId', '=', locationId)
          .where('product', '=', product)
          .where('_id', '=', id)
          .returningAll()
          .returning(amounts),
      ),

    /** Several changes at once; what a row leaves out stays. */
    setStock: (items: readonly StockChange[], now: Date) => {
      const rows = JSON.stringify(items)
      return each(
        db,
        Price,
        db
          .updateTable('prices')
          .from(
            sql<StockChange>`jsonb_to_recordset(${rows}::jsonb)`.as<'s'>(
              sql`s ("priceId" text, "availableQuantity" integer, "allowOutOfStockPurchases" boolean)`,
            ),
          )
          .set({
            trackInventory: sql<boolean>`prices."trackInventory" or s."availableQuantity" is not null`,
            availableQuantity: sql<number>`coalesce(s."availableQuantity", prices."availableQuantity")`,
            allowOutOfStockPurchases: sql<boolean>`coalesce(s."allowOutOfStockPurchases", prices."allowOutOfStockPurchases")`,
            updatedAt: now,
          })
          .where('prices.locationId', '=', locationId)
          .where(sql<boolean>`prices._id = s."priceId"`)
          .returningAll('prices')
          .returning(amounts),
      )
    },

    inventory: async (search: string | undefined, limit: number, offset: number) => {
      const stock = mine
        .innerJoin('products', (join) =>
          join.onRef('products.locationId', '=', 'prices.locationId').onRef('products._id', '=', 'prices.product'),
        )
        .where('trackInventory', '=', true)
      const asked = search
        ? stock.where(
            sql<boolean>`(lower(prices.name) like ${containing(search)} or lower(products.name) like ${containing(search)}
              or lower(prices.sku) like ${containing(search)})`,
          )
        : stock
      const rows = asked
        .select([
          'prices._id',
          'prices.name',
          'availableQuantity',
          sql<string>`coalesce(sku, '')`.as('sku'),
          'allowOutOfStockPurchases',
          'product',
          'prices.updatedAt',
          'image',
          'products.name as productName',
        ])
        .orderBy('prices.updatedAt', 'desc')
        .orderBy('prices._id')
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      return {
        inventory: await sparseRows(db, InventoryItem, rows.limit(sql.lit(limit)).offset(sql.lit(offset))),
        total: { total: n },
      }
    },
  }
}
