import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, page } from '../../database/wire.js'
import { idsAssigned } from '../contacts/index.js'

const { LinkClick } = shapes

/** Somebody followed a link. */
export interface Click {
  readonly locationId: string
  readonly id: string
  readonly linkId: string
  readonly contactId: string | null
  readonly clickedAt: Date
  readonly userAgent: string
  readonly ipHash: string
}

export const addClick = (db: Db, click: Click) => db.insertInto('linkClicks').values(click).execute()

/** Hands the clicks of one contact to another. */
export const moveClicks = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await db
    .updateTable('linkClicks')
    .set({ contactId: toContactId })
    .where('locationId', '=', locationId)
    .where('contactId', '=', fromContactId)
    .execute()
}

/** How often each link of a location was followed. */
export const clickCounts = (db: Db, locationId: string) =>
  db
    .selectFrom('linkClicks')
    .select(({ fn }) => ['linkId', fn.countAll<string>().as('clicks')])
    .where('locationId', '=', locationId)
    .groupBy('linkId')
    .limit(sql.lit(10_000))
    .execute()

/** Clicks of one location, by link or by contact. */
export const clicksOf = (db: Db, locationId: string, by: { linkId: string } | { contactId: string }, onlyAssignedTo?: string) => {
  const all = db
    .selectFrom('linkClicks')
    .where('locationId', '=', locationId)
    .where((eb) => eb.and(by))
  const mine = onlyAssignedTo ? all.where('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo)) : all
  return {
    list: (limit: number, skip: number) => {
      const rows = mine.selectAll().orderBy('clickedAt', 'desc').orderBy('id', 'desc')
      return page(db, LinkClick, rows.limit(sql.lit(limit)).offset(sql.lit(skip)), {
        total: sql<number>`${mine.select(sql<number>`count(*)::int`.as('n'))}`,
      })
    },
    /** How many different contacts they were. */
    contacts: async (): Promise<number> => {
      const counted = await mine.select(sql<number>`count(distinct "contactId")::int`.as('n')).executeTakeFirst()
      return counted?.n ?? 0
    },
  }
}
