#!/usr/bin/env node
import { statSync } from 'node:fs'

const changedAt = (path) => statSync(new URL(path, import.meta.url), { throwIfNoEntry: false })?.mtimeMs
const compiled = ['contract-kit', 'contracts', 'app-kit', 'server', 'cli'].map((name) =>
  changedAt(`../../${name}/dist/.tsbuildinfo`),
)
const bundledAt = changedAt('../bundle/main.js')

// The bundle starts in half the time, but only a whole build makes it anew: whoever compiled since then runs what they compiled.
if (bundledAt !== undefined && compiled.every((at = 0) => at <= bundledAt)) await import('../bundle/main.js')
else if (changedAt('../dist/main.js') !== undefined) await import('../dist/main.js')
else {
  console.error('Groundlevel is not built yet: run `npm ci`, or `npm run build` after a change.')
  process.exitCode = 1
}
