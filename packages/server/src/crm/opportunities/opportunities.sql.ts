import type { Json, Static } from '@groundlevel/contract-kit'
import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, each, one, preparedOne } from '../../database/wire.js'
import { besideContact } from '../contacts/index.js'
import { probabilityOf } from './pipelines.sql.js'

const { Opportunity } = shapes

export type OpportunityJson = Json<Static<typeof Opportunity>>

export interface NewOpportunity {
  readonly id: string
  readonly contactId: string
  readonly pipelineId: string
  readonly pipelineStageId: string
  readonly name: string
  readonly monetaryValue: number
  readonly status: string
  readonly assignedTo: string | null
  readonly source: string | null
  readonly lostReasonId: string | null
  readonly forecastExpectedCloseDate: string | null
  readonly forecastProbability: number | null
  readonly customFields: readonly { readonly id: string; readonly fieldValue: unknown }[]
  readonly followers: readonly string[]
  readonly internalSource: object
}

export type OpportunityChange = Partial<Omit<NewOpportunity, 'id' | 'internalSource'>> & {
  readonly lastStatusChangeAt?: Date
  readonly lastStageChangeAt?: Date
  readonly forecastOriginalCloseDate?: string | null
  readonly forecastSlippageCount?: number
  readonly forecastDaysSlipped?: number
  readonly forecastLastSlippedAt?: Date
}

const column = (name: string) => sql.ref(`opportunities.${name}`)

const relation = sql`'OPPORTUNITIES_CONTACTS_ASSOCIATION' as "associationId", opportunities.id as "relationId", true as "primary",
  'contact' as "objectKey", opportunities."contactId" as "recordId", null as attributed`

const ofContact = (locationId: string) => besideContact(locationId, column('contactId'), relation)

const computed = (locationId: string) =>
  [
    sql<string>`revision::text`.as('indexVersion'),
    sql<number | null>`case status when 'open' then coalesce("forecastProbability", ${probabilityOf(locationId)})
      when 'won' then 100 else 0 end`.as('effectiveProbability'),
    sql<string>`opportunities."pipelineStageId"`.as('pipelineStageUId'),
    sql<boolean>`false`.as('isAttribute'),
  ] as const

/** What a change returns beside the columns. */
const beside = (locationId: string) => {
  const { contact, relations } = ofContact(locationId)
  return [...computed(locationId), contact.as('contact'), relations.as('relations')] as const
}

const columnsShown = [
  'id',
  'name',
  'monetaryValue',
  'pipelineId',
  'pipelineStageId',
  'assignedTo',
  'status',
  'source',
  'lastStatusChangeAt',
  'lastStageChangeAt',
  'lastActionDate',
  'createdAt',
  'updatedAt',
  'forecastExpectedCloseDate',
  'forecastOriginalCloseDate',
  'forecastSlippageCount',
  'forecastDaysSlipped',
  'forecastLastSlippedAt',
  'forecastProbability',
  'contactId',
  'locationId',
  'lostReasonId',
  'followers',
  'internalSource',
] as const

/** Opportunities as replies have them, their custom fields as the reply in question has those. */
export const shownOpportunities = (db: Db, locationId: string, customFields: RawBuilder<unknown> = column('customFields')) =>
  db
    .selectFrom('opportunities')
    .leftJoinLateral(ofContact(locationId).joined.as('shown'), (join) => join.onTrue())
    .where('locationId', '=', locationId)
    .select(columnsShown)
    .select(customFields.as('customFields'))
    .select(computed(locationId))
    .select([sql`shown.contact`.as('contact'), sql`coalesce(shown.relations, '[]')`.as('relations')])

const findOpportunity = preparedOne(Opportunity, (db, locationId: string, id: string) =>
  shownOpportunities(db, locationId).where('opportunities.id', '=', id),
)

const columnsLocked = [
  'id',
  'contactId',
  'pipelineId',
  'pipelineStageId',
  'status',
  'monetaryValue',
  'assignedTo',
  'lostReasonId',
  'customFields',
  'followers',
  'forecastExpectedCloseDate',
  'forecastOriginalCloseDate',
  'forecastSlippageCount',
  'forecastDaysSlipped',
] as const

const json = (value: unknown) => JSON.stringify(value)

const stored = ({ customFields, followers, ...rest }: OpportunityChange) => ({
  ...rest,
  ...(customFields ? { customFields: json(customFields) } : {}),
  ...(followers ? { followers: [...followers] } : {}),
})

/** What stands in every column of one that is made now. */
const fresh = (row: NewOpportunity, locationId: string, now: Date) => ({
  ...row,
  locationId,
  forecastOriginalCloseDate: row.forecastExpectedCloseDate,
  forecastSlippageCount: 0,
  forecastDaysSlipped: 0,
  lastStatusChangeAt: now,
  lastStageChangeAt: now,
  lastActionDate: now,
  revision: 1,
  createdAt: now,
  updatedAt: now,
})

const columnsAdded = [
  'locationId',
  'id',
  'contactId',
  'pipelineId',
  'pipelineStageId',
  'name',
  'monetaryValue',
  'status',
  'assignedTo',
  'source',
  'lostReasonId',
  'forecastExpectedCloseDate',
  'forecastProbability',
  'customFields',
  'followers',
  'internalSource',
  'forecastOriginalCloseDate',
  'forecastSlippageCount',
  'forecastDaysSlipped',
  'lastStatusChangeAt',
  'lastStageChangeAt',
  'lastActionDate',
  'revision',
  'createdAt',
  'updatedAt',
] as const

/**
 * Opportunities of one location.
 *
 * @param onlyAssignedTo the user who sees no others; absent: all are seen
 */
export const opportunitiesOf = (db: Db, locationId: string, onlyAssignedTo?: string) => {
  const all = db.selectFrom('opportunities').where('locationId', '=', locationId)
  const mine = onlyAssignedTo === undefined ? all : all.where('assignedTo', '=', onlyAssignedTo)
  const gone = db.deleteFrom('opportunities').where('locationId', '=', locationId)
  const extra = beside(locationId)

  return {
    find: (id: string) =>
      onlyAssignedTo === undefined
        ? findOpportunity(db, locationId, id)
        : one(
            db,
            Opportunity,
            shownOpportunities(db, locationId).where('opportunities.id', '=', id).where('assignedTo', '=', onlyAssignedTo),
          ),

    /** What rules decide on, locked until the transaction ends. */
    lock: async (id: string) => {
      const row = await mine.select(columnsLocked).where('id', '=', id).forUpdate().executeTakeFirst()
      return row && { ...row, monetaryValue: Number(row.monetaryValue) }
    },

    /** The newest opportunity of a contact, in a pipeline or in any. */
    ofContact: async (contactId: string, pipelineId?: string) =>
      (pipelineId === undefined ? all : all.where('pipelineId', '=', pipelineId))
        .select('id')
        .where('contactId', '=', contactId)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(sql.lit(1))
        .executeTakeFirst(),

    /** Nobody else makes an opportunity of this contact in this pipeline until the transaction ends. */
    hold: async (contactId: string, pipelineId: string) => {
      const key = `${locationId}\n${contactId}\n${pipelineId}`
      await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 23))`.execute(db)
    },

    /** The same for many contacts; in the order of what is given, so that two who do this never wait for each other. */
    holdAll: async (contactIds: readonly string[], pipelineId: string) => {
      const keys = [...contactIds].sort().map((contactId) => `${locationId}\n${contactId}\n${pipelineId}`)
      await sql`select pg_advisory_xact_lock(hashtextextended(key, 23)) from unnest(${sql.val(keys)}::text[]) key`.execute(db)
    },

    /** Those of the contacts that have an opportunity in a pipeline: its id by theirs. */
    ofContacts: async (contactIds: readonly string[], pipelineId: string): Promise<ReadonlyMap<string, string>> => {
      const rows = await all
        .select(['contactId', 'id'])
        .distinctOn('contactId')
        .where('pipelineId', '=', pipelineId)
        .where(sql<boolean>`"contactId" = any(${sql.val(contactIds)}::text[])`)
        .orderBy('contactId')
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .execute()
      return new Map(rows.map(({ contactId, id }) => [contactId, id]))
    },

    add: (row: NewOpportunity, now: Date) =>
      one(
        db,
        Opportunity,
        db
          .insertInto('opportunities')
          .values({
            ...fresh(row, locationId, now),
            customFields: json(row.customFields),
            followers: [...row.followers],
            internalSource: json(row.internalSource),
          })
          .returningAll()
          .returning(extra),
      ),

    addAll: async (rows: readonly NewOpportunity[], now: Date): Promise<OpportunityJson[]> => {
      if (rows.length === 0) return []
      const all = rowsOf(
        'opportunities',
        rows.map((row) => fresh(row, locationId, now)),
      )
      const names = columnsOf<'opportunities'>(...columnsAdded)
      const added = db.insertInto('opportunities').columns(columnsAdded).expression(sql`select ${names} from ${all}`)
      return each(db, Opportunity, added.returningAll().returning(extra))
    },

    change: (id: string, change: OpportunityChange, now: Date) =>
      one(
        db,
        Opportunity,
        db
          .updateTable('opportunities')
          .set({ ...stored(change), revision: sql`revision + 1`, lastActionDate: now, updatedAt: now })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll()
          .returning(extra),
      ),

    remove: (id: string) => one(db, Opportunity, gone.where('id', '=', id).returningAll().returning(extra)),

    /** All that is in a pipeline goes. */
    removeOfPipeline: (pipelineId: string) =>
      each(db, Opportunity, gone.where('pipelineId', '=', pipelineId).returningAll().returning(extra)),

    /** What hangs on a contact goes, the newest first where there are more than are told of. */
    removeOfContact: (contactId: string, most: number) => {
      const mostOfThem = all.select('id').where('contactId', '=', contactId).orderBy('createdAt', 'desc').limit(sql.lit(most))
      return each(db, Opportunity, gone.where('id', 'in', mostOfThem).returningAll().returning(extra))
    },

    /** From stages that go to one that stays. */
    moveStages: (pipelineId: string, from: readonly string[], to: string, now: Date) =>
      each(
        db,
        Opportunity,
        db
          .updateTable('opportunities')
          .set({ pipelineStageId: to, lastStageChangeAt: now, lastActionDate: now, updatedAt: now, revision: sql`revision + 1` })
          .where('locationId', '=', locationId)
          .where('pipelineId', '=', pipelineId)
          .where(sql<boolean>`"pipelineStageId" = any(${sql.val(from)}::text[])`)
          .returningAll()
          .returning(extra),
      ),
  }
}

export type Opportunities = ReturnType<typeof opportunitiesOf>

/** Hands opportunities of one contact to another. */
export const moveOpportunities = async (
  db: Db,
  locationId: string,
  fromContactId: string,
  toContactId: string,
): Promise<void> => {
  await db
    .updateTable('opportunities')
    .set({ contactId: toContactId })
    .where('locationId', '=', locationId)
    .where('contactId', '=', fromContactId)
    .execute()
}
