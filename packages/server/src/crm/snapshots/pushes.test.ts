import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assetKinds } from '../../rooms/snapshots.js'
import type { HeldPush } from '../../testing/hold-push.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { snapshotPorts } from '../../testing/snapshot-ports.js'
import { pushJob, snapshotsModule } from './index.js'

const script = fileURLToPath(new URL('../../testing/hold-push.ts', import.meta.url))

let on: ModuleApp
let token: string

/** What is set up by the thousand, each kind by a statement of its own. */
const many: Readonly<Record<string, [count: number, insert: string]>> = {
  locationTags: [3000, `("locationId", id, name, "dateAdded") select $1, 'tag' || lpad(n::text, 17, '0'), 'tag ' || n, $2`],
  customValues: [
    2500,
    `("locationId", id, name, key, value, "dateAdded", "dateUpdated") select $1, 'cv' || lpad(n::text, 18, '0'), 'V ' || n, 'v_' || n, 'x', $2, $2`,
  ],
  links: [
    2500,
    `("locationId", id, name, "redirectTo", "dateAdded", "dateUpdated") select $1, 'link' || lpad(n::text, 16, '0'), 'L ' || n, 'https://x.example', $2, $2`,
  ],
  forms: [
    2000,
    `("locationId", id, kind, name, fields, settings, "dateAdded", "dateUpdated")
      select $1, 'form' || lpad(n::text, 16, '0'), 'form', 'F ' || n, jsonb_build_array(jsonb_build_object('key', 'link' || lpad(n::text, 16, '0'))), '{}', $2, $2`,
  ],
}

beforeAll(async () => {
  on = await moduleApp(({ db }) => snapshotsModule(snapshotPorts(db)))
  token = on.token({ actor: 'agency', locationId: undefined })
  for (const [table, [count, insert]] of Object.entries(many)) {
    const text = insert.replaceAll('$1', `'${on.locationId}'`).replaceAll('$2', `'${on.clock.now().toISOString()}'`)
    await sql`insert into ${sql.table(table)} ${sql.raw(text)} from generate_series(1, ${sql.lit(count)}) n`.execute(on.db)
  }
})
afterAll(() => on?.close())

const call = (method: string, path: string, body?: object) =>
  on.call(method, body ? path : `${path}?companyId=${on.companyId}`, {
    token,
    ...(body ? { body: { companyId: on.companyId, ...body } } : {}),
  })

const counts = async (locationId: string) => {
  const all: Record<string, number> = {}
  for (const table of Object.keys(many)) {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from ${sql.table(table)} where "locationId" = ${locationId}`.execute(on.db)
    all[table] = rows[0]?.n ?? 0
  }
  return all
}

test('ten thousand things of mixed kinds: a push that is killed in the middle goes on where it was, and brings nothing twice', {
  timeout: 120_000,
}, async ({ annotate }) => {
  const { id } = (await call('POST', '/snapshots/', { locationId: on.locationId, name: 'Large' })).body.snapshot
  await call('POST', `/snapshots/${id}/push`, { locationIds: [on.otherLocationId] })
  const status = async () => (await call('GET', `/snapshots/snapshot-status/${id}/location/${on.otherLocationId}`)).body.data

  const held: HeldPush = { databaseUrl: on.databaseUrl, kind: 'forms' }
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(held)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await status()).status).toBe('processing')
  expect(await counts(on.otherLocationId)).toEqual({ locationTags: 3000, customValues: 2500, links: 2500, forms: 0 })

  const startedAt = performance.now()
  // What the dead process held is free once the database has seen that it is gone.
  await vi.waitFor(
    async () => {
      await pushJob({ db: on.db, kinds: assetKinds, say: (line) => on.said.push(line) }).run(on.clock.now())
      expect((await status()).status).toBe('completed')
    },
    { timeout: 60_000 },
  )
  await annotate(`the rest took ${Math.round(performance.now() - startedAt)} ms`)
  expect((await status()).completed).toEqual(assetKinds.map(({ kind }) => kind))
  expect(await counts(on.otherLocationId)).toEqual(await counts(on.locationId))

  // Once more, to have the whole of it timed, with everything replaced.
  await call('POST', `/snapshots/${id}/push`, { locationIds: [on.otherLocationId], override: true })
  const wholeAt = performance.now()
  await pushJob({ db: on.db, kinds: assetKinds, say: (line) => on.said.push(line) }).run(on.clock.now())
  const tookMs = performance.now() - wholeAt
  await annotate(`10 000 replaced in ${Math.round(tookMs)} ms`)
  expect(tookMs).toBeLessThan(60_000)
  expect(await counts(on.otherLocationId)).toEqual(await counts(on.locationId))
  expect(on.said).toEqual([])
})
