import { missing } from '@groundlevel/contract-kit'
import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import { notPublished } from './campaigns.rules.js'

const { Campaign } = shapes

export interface NewCampaign {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly dateAdded: Date
}

/** A list without paging needs an end. */
const mostCampaigns = 1000

/** Campaigns of one location, and who is in them. */
export const campaignsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('campaigns').where('locationId', '=', locationId)

  /** Its row stays while the transaction runs. */
  const held = async (id: string) => {
    const row = await mine.select(['id', 'status']).where('id', '=', id).forKeyShare().executeTakeFirst()
    if (!row) throw missing('Campaign')
    return row
  }

  return {
    list: (status: string | undefined) => {
      const asked = status === undefined ? mine : mine.where('status', '=', status)
      return page(
        db,
        Campaign,
        asked.selectAll().orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(mostCampaigns)),
      )
    },
    find: (id: string) => one(db, Campaign, mine.selectAll().where('id', '=', id)),
    add: ({ dateAdded, ...row }: NewCampaign) =>
      one(
        db,
        Campaign,
        db
          .insertInto('campaigns')
          .values({ ...row, locationId, dateAdded, dateUpdated: dateAdded })
          .returningAll(),
      ),
    change: (id: string, change: { name?: string; status?: string }, dateUpdated: Date) =>
      one(
        db,
        Campaign,
        db
          .updateTable('campaigns')
          .set({ ...change, dateUpdated })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll(),
      ),
    removeCampaign: (id: string) =>
      one(db, Campaign, db.deleteFrom('campaigns').where('locationId', '=', locationId).where('id', '=', id).returningAll()),

    /**
     * Puts a contact of the location into a campaign; once is enough.
     *
     * @throws WireError 400 where there is no such campaign, or it is not published
     */
    enrol: async (contactId: string, campaignId: string, dateAdded: Date): Promise<void> => {
      const { status } = await held(campaignId)
      if (status !== 'published') throw notPublished()
      const row = { locationId, campaignId, contactId, dateAdded }
      await db
        .insertInto('campaignEnrolments')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    /** @throws WireError 400 where there is no such campaign */
    remove: async (contactId: string, campaignId: string): Promise<void> => {
      await held(campaignId)
      const place = { locationId, campaignId, contactId }
      await db
        .deleteFrom('campaignEnrolments')
        .where((eb) => eb.and(place))
        .execute()
    },
    removeAll: async (contactId: string): Promise<void> => {
      await db.deleteFrom('campaignEnrolments').where('locationId', '=', locationId).where('contactId', '=', contactId).execute()
    },
  }
}

/** Enrols one contact where another was; the rows of the other go with it. */
export const moveEnrolments = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await sql`
    insert into "campaignEnrolments" ("locationId", "campaignId", "contactId", "dateAdded")
    select "locationId", "campaignId", ${toContactId}, "dateAdded" from "campaignEnrolments"
    where "locationId" = ${locationId} and "contactId" = ${fromContactId}
    on conflict do nothing
  `.execute(db)
}

/** Whether the contact of another room's record is in a campaign. */
export const inCampaign = (locationId: string, contactId: RawBuilder<unknown>, campaignId: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from "campaignEnrolments" e
    where e."locationId" = ${locationId} and e."contactId" = ${contactId} and e."campaignId" = ${campaignId})`
