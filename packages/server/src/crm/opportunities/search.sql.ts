import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { type Db, page } from '../../database/wire.js'
import { contactCountry, contactsMatching, idsAssigned } from '../contacts/index.js'
import { type CursorValue, compileFilter, type Group, idsOfPage, type Order, orderBy, searchAfterOf } from '../filters/index.js'
import { shownOpportunities } from './opportunities.sql.js'
import type { OpportunityPorts } from './ports.js'
import { opportunityCells, opportunitySortCells } from './search-cells.sql.js'
import type { Sum } from './sums.rules.js'

export interface Attached {
  readonly notes?: boolean | undefined
  readonly tasks?: boolean | undefined
  readonly calendarEvents?: boolean | undefined
}

export interface Search extends Attached {
  readonly query?: string | undefined
  readonly filter: Group
  readonly country?: string | undefined
  readonly campaignId?: string | undefined
  /** The user who sees no others. */
  readonly onlyAssignedTo?: string | undefined
  readonly order: Order
  readonly limit: number
  readonly offset: number
  readonly cursor?: readonly CursorValue[] | undefined
}

type SearchPorts = Pick<OpportunityPorts, 'attached' | 'inCampaign'>

/** Few have a forecast of their own: each sum over the others would be one more addition for every row. */
const given = sql`"forecastProbability" is not null`

const contactId = sql.ref('opportunities.contactId')
const nothing = sql<unknown>`json_build_array()`

const likeAny = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Its own name, or its contact's name, e-mail, phone or company. */
const textIn = (locationId: string, sent: string) => {
  const text = sent.trim().toLowerCase()
  const name = sql`lower(opportunities.name)`
  const own = text.length >= 3 ? sql`${name} like ${likeAny(text)}` : sql`${name} like ${likeAny(text).slice(1)}`
  return sql<boolean>`(${own} or ${contactsMatching(locationId, contactId, text)})`
}

/** Custom fields as rows of a search have them: the value twice, the second time under the name of its type. */
const typedFields = sql<unknown>`(select coalesce(jsonb_agg(f || case jsonb_typeof(f->'fieldValue')
    when 'string' then jsonb_build_object('type', 'string', 'fieldValueString', f->'fieldValue')
    when 'number' then jsonb_build_object('type', 'number', 'fieldValueNumber', f->'fieldValue')
    when 'boolean' then jsonb_build_object('type', 'boolean', 'fieldValueBoolean', f->'fieldValue')
    when 'array' then jsonb_build_object('type', 'array',
      case jsonb_typeof(f->'fieldValue'->0) when 'object' then 'fieldValueFiles' else 'fieldValueArray' end, f->'fieldValue')
    else '{}' end), '[]') from jsonb_array_elements(opportunities."customFields") f)`

/**
 * So few are fetched by what they have in common and then sorted; more lie close enough together to be met on a walk in the
 * order that was asked for (as in the search of contacts).
 */
const few = 2000

/** Searches the opportunities of one location. */
export const searchOf = (db: Db, locationId: string, ports: SearchPorts) => {
  const conditionOf = ({ query, filter, country, campaignId, onlyAssignedTo }: Search) => {
    const tests = [
      sql<boolean>`opportunities."locationId" = ${locationId}`,
      compileFilter(filter, opportunityCells(locationId)),
      ...(onlyAssignedTo === undefined ? [] : [sql<boolean>`opportunities."assignedTo" = ${onlyAssignedTo}`]),
      ...(query ? [textIn(locationId, query)] : []),
      ...(country ? [contactCountry(locationId, contactId, country)] : []),
      ...(campaignId ? [ports.inCampaign?.(locationId, contactId, campaignId) ?? sql<boolean>`false`] : []),
    ]
    return sql<boolean>`${sql.join(tests, sql` and `)}`
  }
  const columns = ({ order, onlyAssignedTo, ...search }: Search) => {
    // An opportunity may be theirs and its contact somebody else's: what hangs on that one is not shown by this way either.
    const isTheirs =
      onlyAssignedTo === undefined ? sql`true` : sql`${contactId} in (${idsAssigned(db, locationId, onlyAssignedTo)})`
    const list = (name: keyof Attached) => {
      const attached = search[name] ? ports.attached?.[name]?.(locationId, contactId) : undefined
      return (attached ? sql<unknown>`case when ${isTheirs} then (${attached})::json else ${nothing} end` : nothing).as(name)
    }
    return [
      list('notes'),
      list('tasks'),
      list('calendarEvents'),
      sql<string | null>`null::text`.as('externalObjectId'),
      sql<unknown>`'[]'::json`.as('attributions'),
      searchAfterOf(order, opportunitySortCells).as('sort'),
    ] as const
  }

  return {
    /** What all that is found comes to, by stage and status: the total is in it. */
    sums: async (search: Search): Promise<readonly Sum[]> => {
      const { rows } = await sql<Sum>`/* search */ select "pipelineId", "pipelineStageId", status, count(*)::int as count,
          coalesce(sum("monetaryValue"), 0)::float8 as value,
          coalesce(sum("monetaryValue"::float8 * "forecastProbability") filter (where ${given}), 0)::float8 as forecast,
          (coalesce(sum("monetaryValue"), 0) - coalesce(sum("monetaryValue") filter (where ${given}), 0))::float8 as rest
        from opportunities where ${conditionOf(search)} group by "pipelineId", "pipelineStageId", status`.execute(db)
      return rows
    },

    page: (search: Search, total: number) => {
      const { order } = search
      const condition = conditionOf(search)
      const fetched = (where: RawBuilder<boolean>) => sql`(select * from opportunities where ${where} offset 0) opportunities`
      const ids =
        total <= few
          ? idsOfPage(fetched(condition), sql<boolean>`true`, order, opportunitySortCells, search)
          : idsOfPage(sql`opportunities`, condition, order, opportunitySortCells, search)
      const hits = shownOpportunities(db, locationId, typedFields)
        .where(sql<boolean>`opportunities.id in (${ids})`)
        .select(columns(search))
        .orderBy(orderBy(order, opportunitySortCells))
      return page(db, shapes.OpportunityHit, hits, { search: true })
    },
  }
}
