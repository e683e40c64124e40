import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../database/embedded.js'
import { migrate } from '../database/migrate.js'
import { migrations } from '../database/migrations/index.js'
import { openPool } from '../database/pool.js'
import { scratchFolder } from './scratch.js'

/** What is lost when the machine fails is of no interest here. */
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '1GB', max_connections: '300' }

/** One PostgreSQL for the whole run; its migrated database is the template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = scratchFolder()
  const dismissCleaner = hireCleaner(folder)
  const server = await startEmbedded({ dataDir: folder, settings: careless })
  await fillTemplate(server.connection)
  project.provide('templateDatabase', server.connection)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    dismissCleaner()
  }
}

async function fillTemplate(connection: Parameters<typeof openPool>[0]): Promise<void> {
  const pool = await openPool(connection, { max: 1, onError: () => {} })
  await migrate(pool, migrations)
  await pool.end()
}

/** When the run is killed, PostgreSQL stops by itself, but nobody would remove its folder. */
function hireCleaner(folder: string): () => void {
  const script = 'cat >/dev/null; while [ -e "$0/pg/postmaster.pid" ]; do sleep 0.1; done; rm -rf "$0"'
  const cleaner = spawn('/bin/sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' })
  cleaner.unref()
  return () => cleaner.stdin.end()
}
