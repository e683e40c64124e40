import pg from 'pg'
import { startEmbedded } from '../database/embedded.js'

/**
 * A process that holds an embedded server, to be killed by tests: `node --import tsx hold-embedded.ts DATA SYSTEM_DIR`.
 * Says one line of JSON: the connection, or the failure.
 */
const [dataDir = '', systemDir] = process.argv.slice(2)

try {
  const { connection, firstStart, stop } = await startEmbedded({ dataDir, systemDir })
  process.once('SIGTERM', async () => {
    // What a drain needs: a database that still takes new connections.
    const client = new pg.Client(connection)
    await client.connect()
    await client.query('select 1')
    await client.end()
    process.stdout.write(`${JSON.stringify({ drained: true })}\n`)
    await stop()
    process.exit(0)
  })
  process.stdout.write(`${JSON.stringify({ connection, firstStart })}\n`)
} catch (error) {
  const { message, exitCode } = error as Error & { exitCode?: number }
  process.stdout.write(`${JSON.stringify({ message, exitCode })}\n`)
  process.exitCode = exitCode ?? 1
}
