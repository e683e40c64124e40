// Builds after `npm ci`. Without the compiler (`--omit=dev`) there is nothing to build with: say so and go on.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (!existsSync('node_modules/typescript')) {
  console.warn('Groundlevel: not built, since the compiler is absent (--omit=dev). A clone needs a plain `npm ci`.')
  process.exit(0)
}
const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' })
process.exit(status ?? 1)
