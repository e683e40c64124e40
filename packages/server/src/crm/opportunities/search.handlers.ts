import { badRequest, type Given } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { checkFilters, cursorOf, namesCustomField, offsetOf, orderOf } from '../filters/index.js'
import { dayStart, nextDay, zoneOf } from '../zones/index.js'
import { pipelinesOf } from './pipelines.sql.js'
import type { OpportunityPorts } from './ports.js'
import { dayOf, newestFirst, opportunityLanguage, opportunitySorts, toCursor, wishOf } from './search.rules.js'
import { type Search, searchOf } from './search.sql.js'
import { listMeta } from './search-meta.rules.js'
import { aggregated } from './sums.rules.js'

const ids = {
  pipeline_id: 'pipeline_id',
  pipeline_stage_id: 'pipeline_stage_id',
  contact_id: 'contact_id',
  assigned_to: 'assigned_to',
  id: 'id',
} as const

type Listed = { readonly [K in keyof typeof ids]?: string | undefined } & {
  readonly status?: string | undefined
  readonly date?: string | undefined
  readonly endDate?: string | undefined
}

/** The query of the simple search in the words of the other. */
const filtersOf = (query: Listed, zone: string | null | undefined) => {
  const conditions: object[] = []
  for (const name of Object.keys(ids) as (keyof typeof ids)[])
    if (query[name]) conditions.push({ field: name, operator: 'eq', value: query[name] })
  if (query.status && query.status !== 'all') conditions.push({ field: 'status', operator: 'eq', value: query.status })
  const from = dayOf('date', query.date)
  const to = dayOf('endDate', query.endDate)
  if (from || to) {
    const value = {
      ...(from ? { gte: dayStart(from, zoneOf(zone)).toISOString() } : {}),
      ...(to ? { lt: dayStart(nextDay(to), zoneOf(zone)).toISOString() } : {}),
    }
    conditions.push({ field: 'date_added', operator: 'range', value })
  }
  return conditions
}

type ListQuery = Given<typeof api.opportunities.search.list>['query']

/** The simple search in the terms of the other. @throws WireError 422 for what does not fit, 400 beyond the last page */
const searchFrom = (query: ListQuery, zone: string | null | undefined): Search & { readonly current: number } => {
  const filter = checkFilters(filtersOf(query, zone), opportunityLanguage)
  const order = orderOf(wishOf(query.order), opportunitySorts, newestFirst)
  const kinds = order.keys.map(({ type }) => type)
  const sent = query.startAfter && query.startAfterId ? [query.startAfter, query.startAfterId] : undefined
  const cursor = sent && cursorOf(order, toCursor(sent, kinds))
  const current = Math.max(1, query.page ?? 1)
  if (!cursor && current * query.limit > 1_000_000)
    throw badRequest('page × limit ends at 1 000 000; go on with startAfter and startAfterId of the last page.')
  return {
    ...{ filter, order, cursor, current },
    query: query.q?.trim() || undefined,
    country: query.country?.trim() || undefined,
    campaignId: query.campaignId || undefined,
    limit: query.limit,
    offset: cursor ? 0 : (current - 1) * query.limit,
    notes: query.getNotes,
    tasks: query.getTasks,
    calendarEvents: query.getCalendarEvents,
  }
}

export const searchHandlers = (ports: OpportunityPorts) => {
  const run = async (db: Db, locationId: string, search: Search) => {
    const searching = searchOf(ports.searches ?? db, locationId, ports)
    const sums = await searching.sums(search)
    const aggregations = aggregated(sums, await pipelinesOf(db, locationId).probabilities())
    const found = await searching.page(search, aggregations.totalCount)
    return { found, aggregations }
  }

  return implement(api.opportunities.search, () => ({}), {
    list: async ({ query }, { db, locationId, principal: { onlyAssignedTo } }) => {
      const location = query.date || query.endDate ? await ports.locations.location(locationId) : undefined
      const search = searchFrom(query, location?.timezone)
      const { found, aggregations } = await run(db, locationId, { ...search, onlyAssignedTo })
      const about = { query, current: search.current, byCursor: search.cursor !== undefined, base: ports.publicUrl() }
      const meta = listMeta({ ...about, ...found, total: aggregations.totalCount })
      return { opportunities: found.items, meta, aggregations }
    },

    advanced: async ({ body }, { db, locationId, principal: { onlyAssignedTo } }) => {
      const { filters = [], searchAfter, limit, page = 1, additionalDetails = {} } = body
      const definitions = namesCustomField(filters, opportunityLanguage) ? await ports.fields.definitions(db, locationId) : []
      const filter = checkFilters(filters, opportunityLanguage, definitions)
      const order = orderOf(body.sort, opportunitySorts, newestFirst)
      const kinds = order.keys.map(({ type }) => type)
      const cursor = searchAfter?.length ? cursorOf(order, toCursor(searchAfter, kinds)) : undefined
      const offset = cursor ? 0 : offsetOf({ page: Math.max(1, page), pageLimit: limit })
      const query = body.query?.trim() || undefined
      const search = { ...additionalDetails, query, filter, order, limit, offset, cursor, onlyAssignedTo }
      const { found, aggregations } = await run(db, locationId, search)
      return {
        opportunities: found.items,
        total: aggregations.totalCount,
        stageAggregations: aggregations.stages.map(({ pipelineId: _, ...stage }) => stage),
        aggregations,
      }
    },
  })
}
