import { isAddition, type Judged } from './allowed.js'
import type { Described } from './document.js'

/** What is known of one documented operation. */
export interface Covered {
  readonly official: Described
  readonly here: boolean
  readonly differences: readonly Judged[]
}

type Verdict = 'exact' | 'exact, and more' | 'differs' | 'absent'

const verdictOf = ({ here, differences }: Covered): Verdict => {
  if (!here) return 'absent'
  if (differences.some((each) => !isAddition(each))) return 'differs'
  return differences.length > 0 ? 'exact, and more' : 'exact'
}

const verdicts: readonly Verdict[] = ['exact', 'exact, and more', 'differs', 'absent']

const count = (rows: readonly Covered[], verdict: Verdict) => rows.filter((row) => verdictOf(row) === verdict).length

const modulesOf = (rows: readonly Covered[]) => {
  const modules = new Map<string, Covered[]>()
  for (const row of rows) modules.set(row.official.module, [...(modules.get(row.official.module) ?? []), row])
  return [...modules].sort(([a], [b]) => (a < b ? -1 : 1))
}

const totals = (rows: readonly Covered[]) => {
  const line = (title: string, each: readonly Covered[]) =>
    `| ${title} | ${each.length} | ${verdicts.map((verdict) => count(each, verdict)).join(' | ')} |`
  return [
    `| module | documented | ${verdicts.join(' | ')} |`,
    `|---|${'---:|'.repeat(verdicts.length + 1)}`,
    ...modulesOf(rows).map(([module, each]) => line(module, each)),
    line('**all**', rows),
  ].join('\n')
}

const plain = (text: string) => text.replace(/\|/g, '/').replace(/</g, '&lt;')

/** Differences of one reason in one sentence. */
const reasons = (differences: readonly Judged[]) => {
  const byReason = new Map<string, string[]>()
  for (const each of differences.filter((one) => !isAddition(one))) {
    const because = each.because ?? 'NO REASON GIVEN'
    byReason.set(because, [...(byReason.get(because) ?? []), each.what])
  }
  return [...byReason].map(([because, what]) => `${what.map((each) => `\`${plain(each)}\``).join(', ')}: ${plain(because)}`)
}

const additions = (differences: readonly Judged[]) => {
  const added = differences.filter(isAddition).map(({ what }) => `\`${plain(what.replace(/ added$/, ''))}\``)
  return added.length > 0 ? [`adds ${added.join(', ')}`] : []
}

const section = ([module, rows]: readonly [string, readonly Covered[]]) => {
  const line = (row: Covered) => {
    const notes = [...reasons(row.differences), ...additions(row.differences)].join('<br>')
    return `| \`${row.official.name}\` | ${verdictOf(row)} | ${notes} |`
  }
  return `## ${module}\n\n| operation | verdict | how |\n|---|---|---|\n${rows.map(line).join('\n')}`
}

const beyond = (ours: readonly Described[]) =>
  ['## Beyond the documents', '', '| operation | what it is |', '|---|---|']
    .concat(
      ours.map(({ name, extension }) => `| \`${name}\` | ${extension ? 'extension, marked `x-extension: true`' : 'v3 only'} |`),
    )
    .join('\n')

const intro = `# Coverage

How far Groundlevel is what the official HighLevel API documents (v2) say, operation by operation. Written by \`npm run conformance\`,
which compares the OpenAPI documents that the contracts give with the official ones; nobody edits this file.

- **exact**: method, path, parameters, body, reply, status, scope, callers and \`Version\` are as documented.
- **exact, and more**: so is this, and it takes or answers fields beside the documented ones, which no existing client notices.
- **differs**: something is otherwise than documented, for the reason given (conformance/differences.tsv). Mostly the live service and
  its own documents disagree, and clients follow the service.
- **absent**: not there yet; the path answers 404.

Where a document demands a field of a request and Groundlevel does not, or leaves open whether a reply has a field that Groundlevel
always sends, nothing is counted as a difference. Whether an empty cell is null or left out is decided by what the live service
does, not by the documents, and is not compared either. The text of an error is not documented and so not compared.`

/** COVERAGE.md. */
export const render = (rows: readonly Covered[], ours: readonly Described[]): string =>
  `${[intro, totals(rows), ...modulesOf(rows).map(section), beyond(ours)].join('\n\n')}\n`
