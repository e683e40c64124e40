import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, page } from '../../database/wire.js'
import {
  type CursorValue,
  compileFilter,
  type Group,
  idsOfPage,
  type Order,
  orderBy,
  type SortCells,
  searchAfterOf,
} from '../filters/index.js'
import { countUpTo, textMatch, totalOf } from './contacts.sql.js'
import { contactCells, contactSortCells, type SearchCellPorts } from './search-cells.sql.js'

export interface Search {
  readonly query: string | undefined
  readonly filter: Group
  readonly order: Order
  readonly limit: number
  readonly offset: number
  readonly cursor: readonly CursorValue[] | undefined
}

const columns = (order: Order, cells: SortCells, businessName: SearchCellPorts['businessName'], locationId: string) =>
  [
    sql<string | null>`address1`.as('address'),
    sql<null>`null::text`.as('phoneLabel'),
    (businessName?.(locationId, sql.ref('contacts.businessId')) ?? sql<string | null>`null::text`).as('businessName'),
    sql<null>`null::boolean`.as('validEmail'),
    sql<unknown>`json_build_array()`.as('opportunities'),
    searchAfterOf(order, cells).as('searchAfter'),
  ] as const

/** Searches the contacts of one location. */
export const searchOf = (db: Db, locationId: string, ports: SearchCellPorts = {}) => {
  const conditionOf = ({ query, filter }: Search) => {
    const holds = compileFilter(filter, contactCells(locationId, ports))
    const mine = sql<boolean>`contacts."locationId" = ${locationId} and ${holds}`
    return query ? sql<boolean>`${mine} and ${textMatch(query)}` : mine
  }
  const mine = db.selectFrom('contacts').where('locationId', '=', locationId)

  return {
    page: async (search: Search) => {
      const { order, query, filter } = search
      const cells = contactSortCells(locationId, ports)
      const condition = conditionOf(search)
      const ids = idsOfPage(sql`contacts`, condition, order, cells, search)
      const wanted = mine
        .where(sql<boolean>`contacts.id in (${ids})`)
        .selectAll()
        .select(columns(order, cells, ports.businessName, locationId))
        .orderBy(orderBy(order, cells))
      if (!query && filter.filters.length === 0) {
        return page(db, shapes.ContactHit, wanted, { search: true, total: totalOf(locationId) })
      }
      const [found, total] = await Promise.all([
        page(db, shapes.ContactHit, wanted, { search: true }),
        countUpTo(db, mine.where(condition)),
      ])
      return { ...found, total }
    },
  }
}
