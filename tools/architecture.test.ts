import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

test('ARCHITECTURE.md prints the steps of the pipeline in the order in which they run', () => {
  const [, array = ''] = /stepsOf = .*?=> \[(.*?)\n\]/s.exec(readFileSync('packages/server/src/http/mount.ts', 'utf8')) ?? []
  const steps = [...array.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => kebab(name))
  const printed = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\d+\. (\S+)$/gm)].map(([, name]) => name)
  expect(printed).toEqual(steps)
  expect(steps.length).toBeGreaterThan(5)
})

test('ARCHITECTURE.md lists every decision', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8')
  const linked = [...text.matchAll(/docs\/decisions\/(\d{4}-[\w-]+\.md)/g)].map(([, name]) => name)
  expect([...new Set(linked)].sort()).toEqual(readdirSync('docs/decisions').sort())
})
