#!/usr/bin/env node
import { existsSync } from 'node:fs'

if (existsSync(new URL('../dist/main.js', import.meta.url))) await import('../dist/main.js')
else {
  console.error('Groundlevel is not built yet: run `npm ci`, or `npm run build` after a change.')
  process.exitCode = 1
}
