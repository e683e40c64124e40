import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool } from '../database/pool.js'
import type { Tables } from '../database/tables.js'
import { type WebhookWorld, webhookWorld } from '../testing/webhook-world.js'
import { webhookSource } from '../webhooks/attempts/timeline-source.js'
import { ownSource } from './own-source.js'
import type { EntryFilter } from './source.js'

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

let world: WebhookWorld
let pool: pg.Pool

const fill = `
  insert into "requestLog" (id, at, "traceId", method, path, status, "durationMs", "appId", "locationId", why, "requestHeaders")
    select gen_random_uuid(), '2026-11-01'::timestamptz + n * interval '1 s', 'trace' || n, 'GET', '/contacts/', 200, 1, 'app' || n % 3, 'loc', '', '{}' from generate_series(1, 9000) n;
  insert into "tokenLog" (id, at, "traceId", act, kind, "appId", ok, why)
    select gen_random_uuid(), '2026-11-01'::timestamptz + n * interval '1 s', 'trace' || n, 'refreshed', 'token', 'app' || n % 3, true, '' from generate_series(1, 9000) n;
  insert into events (id, type, "companyId", "locationId", payload, "traceId", "dateAdded")
    select gen_random_uuid(), 'ContactCreate', 'c', 'loc', '{}', 'trace' || n, '2026-11-01'::timestamptz + n * interval '1 s' from generate_series(1, 9000) n;
  insert into deliveries (id, "eventId", "appId", "versionId", type, test, url, "webhookId", body, state, "runAt", "traceId", "dateAdded", "locationId")
    select gen_random_uuid(), id, 'app' || seq % 3, 'v', type, false, 'http://x', gen_random_uuid(), payload, 'succeeded', "dateAdded", "traceId", "dateAdded", 'loc' from events;
  insert into "eventSkips" ("eventId", "appId", "dateAdded", why) select id, 'app' || (seq + 1) % 3, "dateAdded", 'no scope' from events;`

beforeAll(async () => {
  world = await webhookWorld()
  pool = await openPool(world.databaseUrl, { max: 2, onError: () => {} })
  await pool.query(fill)
  await pool.query('analyze')
})
afterAll(async () => {
  await pool.end()
  await world.close()
})

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Runs every statement that the sources send for this filter once more, explained. */
const explained = async (filter: EntryFilter): Promise<readonly PlanNode[]> => {
  const sent: { sql: string; parameters: readonly unknown[] }[] = []
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      sent.push(query)
    },
  })
  const pages = await Promise.all([ownSource(db), webhookSource(db)].map((source) => source.page(filter)))
  expect(pages.flat().length).toBeGreaterThan(0)
  const plans = await Promise.all(
    sent.map(({ sql, parameters }) => pool.query(`explain (analyze, format json) ${sql}`, [...parameters])),
  )
  return plans.flatMap(({ rows }) => nodesOf(rows[0]['QUERY PLAN'][0].Plan))
}

const before = { at: new Date('2026-11-01T01:00:00.000Z'), id: '80000000-0000-4000-8000-000000000000' }

test.each<[string, Partial<EntryFilter>]>([
  ['the first page', {}],
  ['a page in the middle', { before }],
  ['one trace', { traceId: 'trace4711' }],
])('%s reads a page of each list and no more, by index', async (_name, more) => {
  for (const appIds of [['app1'], ['app0', 'app1', 'app2', 'nobody']]) {
    const nodes = await explained({ appIds, limit: 51, ...more })
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
    const scans = nodes.filter((node) => node['Relation Name'] !== undefined)
    for (const scan of scans) {
      const read = (scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)) * scan['Actual Loops']
      expect(read).toBeLessThanOrEqual(51 * appIds.length)
    }
  }
})
