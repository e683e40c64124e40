#!/usr/bin/env node
import { statSync } from 'node:fs'
import { bundleUrl, runBundle } from './bundle.js'

const changedAt = (url) => statSync(url, { throwIfNoEntry: false })?.mtimeMs
const compiled = ['contract-kit', 'contracts', 'app-kit', 'server', 'cli'].map((name) =>
  changedAt(new URL(`../../${name}/dist/.tsbuildinfo`, import.meta.url)),
)
const bundledAt = changedAt(bundleUrl)
const main = new URL('../dist/main.js', import.meta.url)

// The bundle starts in half the time, but only a whole build makes it anew: whoever compiled since then runs what they compiled.
if (bundledAt !== undefined && compiled.every((at = 0) => at <= bundledAt)) runBundle()
else if (changedAt(main) !== undefined) await import(main)
else {
  console.error('Groundlevel is not built yet: run `npm ci`, or `npm run build` after a change.')
  process.exitCode = 1
}
