import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { hitsUpTo } from '../../database/count-up-to.js'
import { type Db, page } from '../../database/wire.js'
import {
  type CursorValue,
  compileApart,
  compileFilter,
  type Group,
  idsBeside,
  idsOfPage,
  type Order,
  orderBy,
  type SortCells,
  searchAfterOf,
} from '../filters/index.js'
import { assignedTo } from './assigned.sql.js'
import { inRows, noPhones, orEmpty, refusals, textMatch, totalOf } from './contacts.sql.js'
import { contactCells, contactSortCells, type SearchCellPorts } from './search-cells.sql.js'

export interface Search {
  readonly query: string | undefined
  readonly filter: Group
  readonly order: Order
  readonly limit: number
  readonly offset: number
  readonly cursor: readonly CursorValue[] | undefined
}

const columns = (order: Order, cells: SortCells, { businessName, opportunities }: SearchCellPorts, locationId: string) =>
  [
    ...refusals,
    orEmpty('attributionSource'),
    orEmpty('lastAttributionSource'),
    noPhones,
    sql<string | null>`address1`.as('address'),
    sql<null>`null::text`.as('phoneLabel'),
    (businessName?.(locationId, sql.ref('contacts.businessId')) ?? sql<string | null>`null::text`).as('businessName'),
    sql<null>`null::boolean`.as('validEmail'),
    (opportunities?.(locationId, sql.ref('contacts.id')) ?? sql<unknown>`json_build_array()`).as('opportunities'),
    searchAfterOf(order, cells).as('searchAfter'),
  ] as const

/**
 * So few are found once, fetched by their ids and sorted. More lie close enough together to be met on a walk in the
 * order that was asked for; a planner that guesses wrong which of the two it is walks through a million contacts.
 */
const few = 2000

const fetched = (locationId: string, ids: readonly string[]) =>
  sql`(select * from contacts where "locationId" = ${locationId} and id = any(${ids}::text[]) offset 0) contacts`

/** Searches the contacts of one location, or those of them that one user has been given. */
export const searchOf = (db: Db, locationId: string, ports: SearchCellPorts = {}, onlyAssignedTo?: string) => {
  const filterCells = contactCells(locationId, ports)
  const conditionOf = ({ query, filter }: Search, holds = compileFilter(filter, filterCells)) => {
    const theirs = onlyAssignedTo === undefined ? sql`` : sql` and ${assignedTo(onlyAssignedTo)}`
    const mine = sql<boolean>`contacts."locationId" = ${locationId}${theirs} and ${holds}`
    return query ? sql<boolean>`${mine} and ${textMatch(query)}` : mine
  }
  const idsWhere = (condition: RawBuilder<boolean>) => sql`select id from contacts where ${condition}`
  const mine = db.selectFrom('contacts').where('locationId', '=', locationId)

  return {
    page: async (search: Search) => {
      const { order, query, filter } = search
      const cells = contactSortCells(locationId, ports)
      const condition = conditionOf(search)
      const hits = (ids: RawBuilder<unknown>) =>
        mine
          .where(sql<boolean>`contacts.id in (${ids})`)
          .select(inRows)
          .select(columns(order, cells, ports, locationId))
          .orderBy(orderBy(order, cells))
      if (!query && filter.filters.length === 0 && onlyAssignedTo === undefined) {
        const ids = idsOfPage(sql`contacts`, condition, order, cells, search)
        return page(db, shapes.ContactHit, hits(ids), { search: true, total: totalOf(locationId) })
      }
      const beside = query || onlyAssignedTo !== undefined ? undefined : idsBeside(filter, filterCells)
      const apart = compileApart(filter, filterCells)?.map((holds) => idsWhere(conditionOf(search, holds)))
      const { total, ids: known } = await hitsUpTo(db, beside ?? idsWhere(condition), few, apart)
      const ids = known
        ? idsOfPage(fetched(locationId, known), sql<boolean>`true`, order, cells, search)
        : idsOfPage(sql`contacts`, condition, order, cells, search)
      return { ...(await page(db, shapes.ContactHit, hits(ids), { search: true })), total }
    },
  }
}
