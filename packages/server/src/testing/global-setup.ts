import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Connection } from '../database/connection.js'
import { startEmbedded } from '../database/embedded.js'
import { migrate } from '../database/migrate.js'
import { migrations } from '../database/migrations/index.js'
import { openPool } from '../database/pool.js'
import { makeRunFolders } from './scratch.js'

/** What is lost when the machine fails is of no interest here. */
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/** One PostgreSQL for the whole run; its migrated database is the template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folders = makeRunFolders()
  const dismissCleaner = hireCleaner(Object.values(folders))
  const server = await startEmbedded({ dataDir: join(folders.quick, 'server'), settings: careless })
  await fillTemplate(server.connection)
  project.provide('runFolders', folders)
  project.provide('templateDatabase', server.connection)
  return async () => {
    await server.stop()
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true })
    dismissCleaner()
  }
}

async function fillTemplate(connection: Connection): Promise<void> {
  const pool = await openPool(connection, { max: 1, onError: () => {} })
  await migrate(pool, migrations)
  await pool.end()
}

/** When the run is killed, each PostgreSQL stops by itself within moments, but nobody would remove the folders. */
function hireCleaner(folders: string[]): () => void {
  const script = `cat >/dev/null
    for second in 1 2 3 4 5 6 7 8 9 10; do
      find "$@" -name postmaster.pid 2>/dev/null | grep -q . || break
      sleep 1
    done
    rm -rf "$@"`
  const cleaner = spawn('/bin/sh', ['-c', script, 'sh', ...folders], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  })
  cleaner.unref()
  return () => cleaner.stdin.end()
}
