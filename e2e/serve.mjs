// Starts the product on the given port with a data folder that goes away with it; ends when whoever started it does.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [port = '0'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'groundlevel-e2e-'))
// PostgreSQL runs under another account when we are root: it must be able to walk through.
chmodSync(folder, 0o755)

const args = ['packages/cli/bin/groundlevel.js', 'start', '--port', port, '--data', join(folder, 'data')]
const server = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
process.stdin.resume().on('close', () => server.kill('SIGTERM'))
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(code ?? 1)
})
