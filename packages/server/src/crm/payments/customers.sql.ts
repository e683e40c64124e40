import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { contactFaces, contactsMatching, idsAssigned } from '../contacts/index.js'

const { Customer } = shapes

interface CustomerFilter {
  readonly search?: string | undefined
  readonly onlyAssignedTo?: string | undefined
}

/** Customers of one location. */
export const customersOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('customers').where('customers.locationId', '=', locationId)
  const faces = contactFaces(db, locationId).as('face')
  const its = (table: string) =>
    sql`${sql.table(table)} x where x."locationId" = ${locationId} and x."contactId" = customers."contactId"`
  const byCurrency = sql`(select x.currency, major(sum(x."paidMinor" - x."refundedMinor")::bigint, x.digits) as amount, max(x."createdAt") as last
    from ${its('orders')} group by x.currency, x.digits) c`
  const shown = [
    sql<string>`customers."locationId"`.as('altId'),
    sql<string>`'location'`.as('altType'),
    sql<string | null>`face."contactName"`.as('contactName'),
    sql<string | null>`face.email`.as('contactEmail'),
    sql<string | null>`face.phone`.as('contactPhone'),
    sql<number>`coalesce((select amount from ${byCurrency} order by last desc limit 1), 0)`.as('totalSpent'),
    sql<string | null>`(select currency from ${byCurrency} order by last desc limit 1)`.as('currency'),
    sql<unknown>`(select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount) order by currency), '[]')
      from ${byCurrency} where amount > 0)`.as('spent'),
    sql<number>`(select count(*)::integer from ${its('orders')})`.as('ordersCount'),
    sql<number>`(select count(*)::integer from ${its('subscriptions')})`.as('subscriptionsCount'),
    sql<Date | null>`(select max(x."createdAt") from ${its('orders')})`.as('lastOrderAt'),
  ] as const

  return {
    list: async ({ search, onlyAssignedTo }: CustomerFilter, limit: number, offset: number) => {
      const theirs = onlyAssignedTo ? mine.where('customers.contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo)) : mine
      const asked = search ? theirs.where(contactsMatching(locationId, sql.ref('customers.contactId'), search)) : theirs
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      // The page is cut first: sums are made for its rows alone.
      const some = asked.selectAll('customers').orderBy('createdAt', 'desc').orderBy('contactId')
      const page = some.limit(sql.lit(limit)).offset(sql.lit(offset)).as('customers')
      const faced = db.selectFrom(page).leftJoin(faces, 'face.faceId', 'customers.contactId')
      const rows = faced.selectAll('customers').select(shown).orderBy('createdAt', 'desc').orderBy('customers.contactId')
      return { data: await sparseRows(db, Customer, rows), totalCount: n }
    },
    find: (contactId: string) => {
      const faced = mine.leftJoin(faces, 'face.faceId', 'customers.contactId')
      return one(db, Customer, faced.selectAll('customers').select(shown).where('customers.contactId', '=', contactId))
    },
    exists: async (contactId: string) =>
      (await mine.select('contactId').where('contactId', '=', contactId).forUpdate().executeTakeFirst()) !== undefined,
    remove: async (contactId: string): Promise<boolean> => {
      const gone = db.deleteFrom('customers').where('locationId', '=', locationId).where('contactId', '=', contactId)
      return (await gone.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

/** Puts a contact among the customers; once is enough. @returns whether it was none before */
export const addCustomer = async (db: Db, locationId: string, contactId: string, now: Date): Promise<boolean> => {
  const row = { locationId, contactId, createdAt: now, updatedAt: now }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('customers')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** What one contact bought becomes another's, when the two become one. */
export const movePurchases = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await sql`
    insert into customers ("locationId", "contactId", "createdAt", "updatedAt")
    select "locationId", ${toContactId}, "createdAt", "updatedAt" from customers
    where "locationId" = ${locationId} and "contactId" = ${fromContactId}
    on conflict do nothing`.execute(db)
  for (const table of ['orders', 'subscriptions'] as const)
    await db
      .updateTable(table)
      .set({ contactId: toContactId })
      .where('locationId', '=', locationId)
      .where('contactId', '=', fromContactId)
      .execute()
  await db
    .updateTable('transactions')
    .set({ contactId: toContactId, mergedFromContactId: fromContactId })
    .where('locationId', '=', locationId)
    .where('contactId', '=', fromContactId)
    .execute()
}
