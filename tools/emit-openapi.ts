import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { allOperations } from '@groundlevel/contracts'
import { openApi, surface } from './openapi.js'

// `tsx tools/emit-openapi.ts` writes dist/openapi/<module>.json; `--surface` rewrites openapi/surface.tsv, `--check` compares it.
const committed = 'openapi/surface.tsv'
const read = () => {
  try {
    return readFileSync(committed, 'utf8')
  } catch {
    return ''
  }
}

const check = () => {
  const [before, now] = [read().split('\n'), surface(allOperations).split('\n')]
  const gone = before.filter((line) => !now.includes(line)).map((line) => `- ${line}`)
  const come = now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)
  if (gone.length + come.length === 0) return console.log(`check-surface: ${allOperations.length} operations, as committed.`)
  console.error([...gone, ...come].join('\n'))
  console.error(
    `${committed} is not what the contracts say. Read the lines above; if they are meant, run \`npm run surface\` and commit it.`,
  )
  process.exitCode = 1
}

const byModule = () => {
  const modules = new Map<string, (typeof allOperations)[number][]>()
  for (const operation of allOperations) modules.set(operation.module, [...(modules.get(operation.module) ?? []), operation])
  return modules
}

const emit = () => {
  mkdirSync('dist/openapi', { recursive: true })
  const modules = byModule()
  for (const [module, operations] of modules) {
    writeFileSync(`dist/openapi/${module}.json`, `${JSON.stringify(openApi(module, operations), null, 1)}\n`)
  }
  console.log(`dist/openapi: ${modules.size} documents, ${allOperations.length} operations.`)
}

if (process.argv.includes('--check')) check()
else if (process.argv.includes('--surface')) writeFileSync(committed, surface(allOperations))
else emit()
