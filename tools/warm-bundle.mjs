// Starts the bundle once and keeps what V8 compiled of it, so that no later start compiles it again. Plain Node and no other
// flags than a start has: V8 takes nothing that was made under other ones.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheUrl, runBundle } from '../packages/cli/bin/bundle.js'

const scratch = mkdtempSync(join(tmpdir(), 'groundlevel-warm-'))
// PostgreSQL runs under another account when we are root: the scratch folder lets it through.
chmodSync(scratch, 0o755)
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))

/** @param {string} url where the server answers */
const keep = async (url) => {
  for (const path of ['/health', '/portal']) await (await fetch(url + path)).arrayBuffer()
  writeFileSync(cacheUrl, script.createCachedData())
  process.kill(process.pid, 'SIGTERM')
}

process.argv.splice(2, process.argv.length, 'start', '--data', scratch, '--port', '0', '--no-example')
// Whoever builds does not want to read that a server is ready.
process.stdout.write = (/** @type {string | Uint8Array} */ text) => {
  const url = /is ready: (http\S+)/.exec(`${text}`)?.[1]
  if (url) void keep(url)
  return true
}
const script = runBundle()
