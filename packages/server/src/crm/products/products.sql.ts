import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, each, one, sparseRows } from '../../database/wire.js'

const { Product, ProductRow } = shapes

/** Columns of a product that a request sets; lists and objects as the text of their JSON. */
export interface ProductFields {
  readonly name: string
  readonly description: string | null
  readonly productType: string
  readonly image: string | null
  readonly statementDescriptor: string | null
  readonly availableInStore: boolean
  readonly medias: string | null
  readonly variants: string | null
  readonly collectionIds: string[]
  readonly isTaxesEnabled: boolean
  readonly taxes: string[]
  readonly automaticTaxCategoryId: string | null
  readonly isLabelEnabled: boolean
  readonly label: string | null
  readonly slug: string
  readonly seo: string | null
  readonly taxInclusive: boolean
}

export interface ProductFilter {
  readonly search?: string | undefined
  readonly collectionIds?: readonly string[] | undefined
  readonly productIds?: readonly string[] | undefined
  readonly productType?: string | undefined
  readonly availableInStore?: boolean | undefined
  readonly storeId?: string | undefined
  readonly includedInStore?: boolean | undefined
}

export interface ProductPage {
  readonly limit: number
  readonly offset: number
  readonly sortOrder: 'asc' | 'desc'
  readonly expandTaxes: boolean
}

const containing = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
const texts = (values: readonly string[]) => sql`${sql.val([...values])}::text[]`

/** Products of one location. */
export const productsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('products').where('products.locationId', '=', locationId)

  const inStore = (storeId: string) => sql<boolean>`exists (select from "productStores" s
    where s."locationId" = ${locationId} and s."storeId" = ${storeId} and s."productId" = products._id and s.included)`

  const matching = (filter: ProductFilter) => {
    const { search, collectionIds, productIds, productType, availableInStore, storeId, includedInStore } = filter
    let rows = mine
    if (search) rows = rows.where(sql<boolean>`lower(name) like ${containing(search)}`)
    if (collectionIds) rows = rows.where(sql<boolean>`"collectionIds" && ${texts(collectionIds)}`)
    if (productIds) rows = rows.where(sql<boolean>`_id = any(${texts(productIds)})`)
    if (productType) rows = rows.where('productType', '=', productType)
    if (availableInStore !== undefined) rows = rows.where('availableInStore', '=', availableInStore)
    // Without a store the question is whether any store has it: the flag on the product.
    if (includedInStore !== undefined && !storeId) rows = rows.where('availableInStore', '=', includedInStore)
    if (includedInStore !== undefined && storeId) rows = rows.where(sql<boolean>`${inStore(storeId)} = ${includedInStore}`)
    return rows
  }

  const ordered = (filter: ProductFilter, direction: 'asc' | 'desc') => {
    const rows = matching(filter)
    if (!filter.storeId) return rows.orderBy('createdAt', direction).orderBy('_id')
    const priority = sql`(select s."displayPriority" from "productStores" s where s."locationId" = ${locationId}
      and s."storeId" = ${filter.storeId} and s."productId" = products._id)`
    return rows.orderBy(sql`${priority} asc nulls last`).orderBy('createdAt', direction).orderBy('_id')
  }

  const expanded = sql`(select coalesce(jsonb_agg(jsonb_build_object('_id', x._id, 'name', x.name, 'rate', trim_scale(x.rate),
    'calculation', x.calculation) order by x._id), '[]') from taxes x
    where x."locationId" = ${locationId} and x._id = any(products.taxes))`.as('taxes')

  return {
    list: async (filter: ProductFilter, { limit, offset, sortOrder, expandTaxes }: ProductPage) => {
      const rows = ordered(filter, sortOrder).limit(sql.lit(limit)).offset(sql.lit(offset))
      const picked = expandTaxes
        ? rows.select(Object.keys(ProductRow.properties).filter((name) => name !== 'taxes') as '_id'[]).select(expanded)
        : rows.selectAll()
      const { n } = await matching(filter)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return { products: await sparseRows(db, ProductRow, picked as never), total: n }
    },
    count: async (filter: ProductFilter) => {
      const { n } = await matching(filter)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return n
    },
    ids: async (filter: ProductFilter, most: number) =>
      (await matching(filter).select('_id').orderBy('_id').limit(sql.lit(most)).execute()).map(({ _id }) => _id),

    find: (idOrSlug: string) =>
      one(
        db,
        Product,
        mine
          .selectAll()
          .where((eb) => eb.or([eb('_id', '=', idOrSlug), eb('slug', '=', idOrSlug)]))
          .orderBy(sql`_id = ${idOrSlug}`, 'desc')
          .limit(sql.lit(1)),
      ),
    several: (ids: readonly string[]) =>
      each(
        db,
        Product,
        mine
          .selectAll()
          .where(sql<boolean>`_id = any(${texts(ids)})`)
          .orderBy('_id'),
      ),
    /** Its row stays while the transaction runs, so that a price can hang on it. */
    hold: async (id: string) => (await mine.select('_id').where('_id', '=', id).forKeyShare().executeTakeFirst()) !== undefined,
    /** Locked until the transaction ends, in the order of the ids. */
    lock: (ids: readonly string[]) =>
      mine
        .select(['_id', 'slug', 'userId'])
        .where(sql<boolean>`_id = any(${texts(ids)})`)
        .orderBy('_id')
        .forUpdate()
        .execute(),
    /** Nobody else chooses a slug here until the transaction ends. */
    holdSlugs: () => sql`select pg_advisory_xact_lock(hashtextextended(${locationId}, 25))`.execute(db),
    /** Slugs that are taken and begin like this one. */
    slugsLike: async (slug: string, exceptId = ''): Promise<ReadonlySet<string>> => {
      const like = mine.select('slug').where('_id', '!=', exceptId)
      const rows = await like
        .where((eb) => eb.or([eb('slug', '=', slug), eb('slug', 'like', `${slug.replace(/[\\%_]/g, '\\$&')}-%`)]))
        .limit(sql.lit(10_000))
        .execute()
      return new Set(rows.map(({ slug: taken }) => taken))
    },

    add: (row: ProductFields & { readonly _id: string; readonly userId: string | null }, now: Date) =>
      one(
        db,
        Product,
        db
          .insertInto('products')
          .values({ ...row, locationId, createdAt: now, updatedAt: now })
          .returningAll(),
      ),
    change: (id: string, change: Partial<ProductFields>, now: Date) =>
      one(
        db,
        Product,
        db
          .updateTable('products')
          .set({ ...change, updatedAt: now })
          .where('locationId', '=', locationId)
          .where('_id', '=', id)
          .returningAll(),
      ),
    /** One change of many, each answered as it is afterwards. */
    changeAll: (ids: readonly string[], change: Partial<ProductFields>, now: Date) =>
      each(
        db,
        Product,
        db
          .updateTable('products')
          .set({ ...change, updatedAt: now })
          .where('locationId', '=', locationId)
          .where(sql<boolean>`_id = any(${texts(ids)})`)
          .returningAll(),
      ),
    /** Prices, places in stores and reviews go with them. */
    remove: (ids: readonly string[]) =>
      each(
        db,
        Product,
        db
          .deleteFrom('products')
          .where('locationId', '=', locationId)
          .where(sql<boolean>`_id = any(${texts(ids)})`)
          .returningAll(),
      ),
  }
}
