import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

const texts = (values: readonly string[]) => sql`${sql.val([...values])}::text[]`

/** Which products are in a store of one location, and in which order it shows them. */
export const storeOf = (db: Db, locationId: string, storeId: string) => ({
  place: async (productIds: readonly string[], included: boolean): Promise<void> => {
    await sql`
      insert into "productStores" ("locationId", "storeId", "productId", included)
      select ${locationId}, ${storeId}, p, ${included} from unnest(${texts(productIds)}) p
      on conflict ("locationId", "storeId", "productId") do update set included = excluded.included
    `.execute(db)
  },
  order: async (lines: readonly { readonly _id: string; readonly displayPriority: number }[]): Promise<void> => {
    await sql`
      insert into "productStores" ("locationId", "storeId", "productId", included, "displayPriority")
      select ${locationId}, ${storeId}, p._id, false, p."displayPriority"
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) p (_id text, "displayPriority" integer)
      on conflict ("locationId", "storeId", "productId") do update set "displayPriority" = excluded."displayPriority"
    `.execute(db)
  },
})
