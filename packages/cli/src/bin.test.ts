import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

let root: string

const place = (path: string, text: string, at: number) => {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  utimesSync(file, at, at)
}

const ran = () => spawnSync(process.execPath, [join(root, 'packages/cli/bin/groundlevel.js')], { encoding: 'utf8' }).stdout.trim()

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bin-'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  cpSync(fileURLToPath(new URL('../bin', import.meta.url)), join(root, 'packages/cli/bin'), { recursive: true })
  place('packages/cli/dist/main.js', 'console.log("compiled")', 1_000)
  for (const name of ['contract-kit', 'contracts', 'app-kit', 'server', 'cli'])
    place(`packages/${name}/dist/.tsbuildinfo`, '', 1_000)
})

afterEach(() => rmSync(root, { recursive: true }))

test('the bundle runs where it was made after everything was compiled', () => {
  place('packages/cli/bundle/main.cjs', '(() => console.log("bundle"))', 1_001)
  expect(ran()).toBe('bundle')
})

test('whoever compiles a package runs what they compiled, not a bundle from before', () => {
  place('packages/cli/bundle/main.cjs', '(() => console.log("bundle"))', 1_001)
  place('packages/contracts/dist/.tsbuildinfo', '', 1_002)
  expect(ran()).toBe('compiled')
})

test('without a bundle the compiled program runs', () => {
  expect(ran()).toBe('compiled')
})

test('what another version of V8 compiled of the bundle is left aside', () => {
  place('packages/cli/bundle/main.cjs', '(() => console.log("bundle"))', 1_001)
  place('packages/cli/bundle/main.cache', 'made elsewhere', 1_001)
  expect(ran()).toBe('bundle')
})
