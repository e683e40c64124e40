import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.js'
import { type Count, countPlaywright, countVitest, settle, sum } from './test-count.js'

// `npm test`: everything, from a tree where only `npm ci` was done. The last line is `N passed, N failed`.
const reports = mkdtempSync(join(tmpdir(), 'groundlevel-reports-'))
const checks = ['format', 'source', 'types', 'rooms', 'unused', 'docs', 'surface']

const run = (title: string, command: string, args: readonly string[], env: Record<string, string> = {}) => {
  console.log(`\n── ${title}: ${command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return status ?? 1
}

const report = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const vitest = (): Count => {
  const file = join(reports, 'vitest.json')
  const status = run('vitest', 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  return settle(countVitest(report(file)), status)
}

const playwright = (): Count => {
  try {
    ensureChromium()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
  const file = join(reports, 'playwright.json')
  const status = run('playwright', 'npx', ['playwright', 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  return settle(countPlaywright(report(file)), status)
}

const check = (name: string): Count => ({
  passed: 0,
  failed: run(name, 'npm', ['run', '--silent', `check:${name}`]) === 0 ? 0 : 1,
})

/** The official documents are not ours to hand on: where they lie beside the repository, they are held against it. */
const specifications = '../shared/highlevel-api'

/** Where they are absent it says "skipped" and succeeds. */
const conformance = (): Count => ({
  passed: 0,
  failed: run('conformance', 'npm', ['run', '--silent', 'conformance', '--', specifications, '--check']) === 0 ? 0 : 1,
})

const all = () => {
  if (run('build', 'npm', ['run', '--silent', 'build']) !== 0) return { passed: 0, failed: 1 }
  return sum([...checks.map(check), conformance(), vitest(), playwright()])
}

const { passed, failed } = all()
rmSync(reports, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
