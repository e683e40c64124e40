import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { type Db, page } from '../../database/wire.js'
import { countUpTo, textMatch, totalOf } from './contacts.sql.js'
import type { Condition, SortKey } from './search.rules.js'

/** Empty text sorts as '' so that a cursor can stand on it; dates and flags are never empty. */
const sortable = ({ column, kind }: SortKey) => (kind === 'text' ? sql`coalesce(${sql.ref(column)}, '')` : sql.ref(column))

const cursorValue = (key: SortKey) => {
  if (key.kind === 'date') return sql`(extract(epoch from ${sql.ref(key.column)}) * 1000)::bigint`
  return sortable(key)
}

/** Rows after the cursor, one sort field after the other. */
const after = (keys: readonly SortKey[], values: readonly unknown[]): RawBuilder<boolean> => {
  const [key, ...rest] = keys
  if (!key) return sql<boolean>`false`
  const cell = sortable(key)
  const beyond = key.descending ? sql<boolean>`${cell} < ${values[0]}` : sql<boolean>`${cell} > ${values[0]}`
  return rest.length === 0 ? beyond : sql<boolean>`(${beyond} or (${cell} = ${values[0]} and ${after(rest, values.slice(1))}))`
}

const holds = (condition: Condition): RawBuilder<boolean> => {
  if (condition.kind === 'equals') return sql<boolean>`${sql.ref(condition.column)} = ${condition.value}`
  if (condition.kind === 'holds') return sql<boolean>`${sql.ref(condition.column)} @> array[${condition.value}]::text[]`
  return sql<boolean>`"customFields" @> ${JSON.stringify([{ id: condition.id, value: condition.value }])}::jsonb`
}

const columns = (keys: readonly SortKey[]) =>
  [
    sql<string | null>`address1`.as('address'),
    sql<null>`null::text`.as('phoneLabel'),
    sql<null>`null::text`.as('businessName'),
    sql<null>`null::boolean`.as('validEmail'),
    sql<unknown>`json_build_array()`.as('opportunities'),
    sql<unknown>`json_build_array(${sql.join(keys.map(cursorValue))})`.as('searchAfter'),
  ] as const

export interface Search {
  readonly query: string | undefined
  readonly conditions: readonly Condition[]
  readonly keys: readonly SortKey[]
  readonly limit: number
  readonly offset: number
  readonly cursor: readonly unknown[] | undefined
}

/** Searches the contacts of one location. */
export const searchOf = (db: Db, locationId: string) => {
  const matching = ({ query, conditions }: Search) => {
    let rows = db.selectFrom('contacts').where('locationId', '=', locationId)
    if (query) rows = rows.where(textMatch(query))
    for (const condition of conditions) rows = rows.where(holds(condition))
    return rows
  }
  return {
    page: async (search: Search) => {
      const from = search.cursor
        ? matching(search).where(after(search.keys, search.cursor))
        : matching(search).offset(sql.lit(search.offset))
      const ordered = search.keys.reduce((rows, key) => rows.orderBy(sortable(key), key.descending ? 'desc' : 'asc'), from)
      const wanted = ordered.selectAll().select(columns(search.keys)).limit(sql.lit(search.limit))
      if (!search.query && search.conditions.length === 0) {
        return page(db, shapes.ContactHit, wanted, { search: true, total: totalOf(locationId) })
      }
      const [found, total] = await Promise.all([
        page(db, shapes.ContactHit, wanted, { search: true }),
        countUpTo(db, matching(search)),
      ])
      return { ...found, total }
    },
  }
}
