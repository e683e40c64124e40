import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAddition, judge, readAllowances } from './allowed.js'
import { compare, type Difference } from './compare.js'
import { type Covered, render } from './coverage.js'
import type { Described } from './document.js'
import { officialOperations, ourOperations } from './sources.js'

// `npm run conformance -- <folder of the specifications> [--check]`: writes COVERAGE.md; with --check only says whether it is current.
const coverageFile = 'COVERAGE.md'

const byPlace = (operations: readonly Described[]) => new Map(operations.map((each) => [each.place, each]))

const undocumented = (ours: readonly Described[], documents: ReadonlyMap<string, Described>): Difference[] =>
  ours
    .filter((each) => !each.extension && !documents.has(each.place))
    .map((each) => ({ operation: each.name, what: 'documented nowhere' }))

const examine = (folder: string) => {
  const official = officialOperations(folder)
  const [v2, v3, mine] = [byPlace(official), byPlace(officialOperations(folder, 'v3')), ourOperations()]
  const here = byPlace(mine)
  const newer = mine.filter((each) => !v2.has(each.place))
  const differences = [
    ...official.flatMap((each) => {
      const own = here.get(each.place)
      return own ? compare(each, own) : []
    }),
    ...newer.flatMap((each) => {
      const theirs = v3.get(each.place)
      return theirs && !each.extension ? compare(theirs, each) : []
    }),
    ...undocumented(newer, v3),
  ]
  const { judged, unused } = judge(differences, readAllowances())
  const rows = official.map((each): Covered => {
    return {
      official: each,
      here: here.has(each.place),
      differences: judged.filter(({ operation }) => operation === each.name),
    }
  })
  return { rows, judged, unused, newer }
}

const report = ({ rows, judged, unused }: ReturnType<typeof examine>) => {
  const open = judged.filter((each) => each.because === undefined && !isAddition(each))
  for (const { operation, what } of open) console.error(`${operation}\t${what}`)
  if (open.length > 0)
    console.error(
      `${open.length} differences without a reason: mend the contract, or give each a row in conformance/differences.tsv.`,
    )
  for (const { operation, what } of unused) console.error(`differences.tsv: nothing differs so any more: ${operation}\t${what}`)
  const here = rows.filter(({ here: served }) => served).length
  console.log(
    `conformance: ${here} of ${rows.length} documented operations are here, ${judged.length} differences and additions.`,
  )
  return open.length + unused.length === 0
}

const settle = (text: string, check: boolean) => {
  const before = existsSync(coverageFile) ? readFileSync(coverageFile, 'utf8') : ''
  if (!check) writeFileSync(coverageFile, text)
  if (!check || before === text) return true
  console.error('COVERAGE.md is not what the contracts say: run `npm run conformance -- <folder>` and commit it.')
  return false
}

const main = () => {
  const folder = process.argv.slice(2).find((each) => !each.startsWith('--'))
  if (!folder || !existsSync(join(folder, 'apps'))) return console.log('skipped: no specification folder')
  const found = examine(folder)
  const fine = report(found)
  const current = settle(render(found.rows, found.newer), process.argv.includes('--check'))
  if (!fine || !current) process.exitCode = 1
}

main()
