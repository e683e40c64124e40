import { sql } from 'kysely'
import { rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'

/** What a step came to, as far as it is counted. */
interface Counted {
  readonly locationId: string
  readonly workflowId: string
  readonly actionId: string | null
  readonly outcome: string
}

/** Counts steps in the transaction that writes them: one row for each kind of them. Statuses are counted by the table itself. */
export const countSteps = async (db: Db, steps: readonly Counted[]): Promise<void> => {
  const counts = new Map<string, { locationId: string; workflowId: string; actionId: string; key: string; delta: number }>()
  for (const { locationId, workflowId, actionId, outcome: key } of steps) {
    if (!actionId) continue
    const name = [workflowId, actionId, key].join(' ')
    const known = counts.get(name) ?? { locationId, workflowId, actionId, key, delta: 0 }
    counts.set(name, { ...known, delta: known.delta + 1 })
  }
  if (counts.size === 0) return
  await sql`insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
    select "locationId", "workflowId", "actionId", key, delta from ${rowsOf('workflowCounts', [...counts.values()])}`.execute(db)
}

const sum = sql<number>`sum(delta)::int`

/** How many there are, of a workflow. */
export const countsOf = (db: Db, locationId: string, workflowId: string) => {
  const mine = db
    .selectFrom('workflowCounts')
    .where('locationId', '=', locationId)
    .where('workflowId', '=', sql<string>`${workflowId}::uuid`)
  const statuses = mine.where('actionId', '=', '')
  return {
    /** In it and no longer in it, of one status or of all; as a part of a query. */
    total: (status?: string) => {
      const asked = status === undefined ? statuses : statuses.where('key', '=', status)
      return sql<number>`${asked.select(sql<number>`coalesce(sum(delta), 0)::int`.as('n'))}`
    },
    byStatus: async (): Promise<Record<string, number>> => {
      const rows = await statuses
        .select(['key', sum.as('n')])
        .groupBy('key')
        .having(sum, '<>', 0)
        .execute()
      return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
    },
    bySteps: () =>
      mine
        .select(['actionId', 'key as outcome', sum.as('count')])
        .where('actionId', '<>', '')
        .groupBy(['actionId', 'key'])
        .having(sum, '<>', 0)
        .orderBy('actionId')
        .orderBy('key')
        .execute(),
  }
}

/** Folds the rows of each number into one, and forgets those that are nought. */
export const foldWorkflowCounts = async (db: Db): Promise<void> => {
  await sql`
    with busy as (
      select "locationId", "workflowId", "actionId", key from "workflowCounts" group by 1, 2, 3, 4 having count(*) > 16 or sum(delta) = 0 limit 500
    ), gone as (
      delete from "workflowCounts" c using busy b
      where c."locationId" = b."locationId" and c."workflowId" = b."workflowId" and c."actionId" = b."actionId" and c.key = b.key
      returning c."locationId", c."workflowId", c."actionId", c.key, c.delta
    )
    insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
    select "locationId", "workflowId", "actionId", key, sum(delta)::int from gone group by 1, 2, 3, 4 having sum(delta) <> 0
  `.execute(db)
}
