import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type SourceRule, sourceRules, tableOwners } from './source-rules.js'

/** Lines of a file: a habit that is printed, and a limit that fails. Tests may be longer. */
const limits = { habit: 300, error: 400 }
const longByNature = /\.test\.tsx?$/

export interface Finding {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly text: string
  readonly instead: string
}

/** The text with comments blanked, line numbers kept. An address in a string is no comment. */
export const withoutComments = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{(,])\/\/[^\n]*/g, (_, before: string) => before)

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length

const breaches = (rule: SourceRule, path: string, text: string): Finding[] => {
  if (!rule.files.test(path) || rule.except?.test(path)) return []
  return [...text.matchAll(new RegExp(rule.pattern, `${rule.pattern.flags.replace('g', '')}g`))].map((match) => ({
    path,
    line: lineOf(text, match.index),
    rule: rule.name,
    text: match[0],
    instead: rule.instead,
  }))
}

const queried = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|(?:inner|left|right)Join)\(\s*['"]([A-Za-z]+)/g
const roomOf = /^packages\/server\/src\/((?:crm|marketplace)\/[^/]+|[^/]+)\//

const foreignTables = (path: string, text: string): Finding[] => {
  const room = roomOf.exec(path)?.[1]
  if (!room || ['database', 'testing', 'lab'].includes(room) || path.endsWith('.test.ts')) return []
  return [...text.matchAll(queried)].flatMap((match) => {
    const owner = tableOwners[match[1] ?? '']
    if (!owner || room === owner || room.startsWith(`${owner}/`)) return []
    const instead = `ask packages/server/src/${owner}/index.ts`
    return [{ path, line: lineOf(text, match.index), rule: 'a table has one owner', text: match[0], instead }]
  })
}

const tooLong = (path: string, text: string): Finding[] => {
  const lines = text.split('\n').length - 1
  if (lines <= limits.error || longByNature.test(path) || !/^(packages|examples|tools|bench)\//.test(path)) return []
  return [
    {
      path,
      line: lines,
      rule: `files end before line ${limits.error}`,
      text: `${lines} lines`,
      instead: 'split it by what it does',
    },
  ]
}

/** Everything in one file that a rule forbids. */
export const findingsIn = (path: string, text: string): Finding[] => {
  const code = withoutComments(text)
  return [...sourceRules.flatMap((rule) => breaches(rule, path, code)), ...foreignTables(path, code), ...tooLong(path, text)]
}

/** Files that git knows or would add, and that are still there. */
export const repositoryFiles = (pattern: RegExp) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .filter((path) => pattern.test(path) && existsSync(path))

const main = () => {
  const files = repositoryFiles(/\.(ts|tsx|mjs|js)$/).map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  const findings = files.flatMap(({ path, text }) => findingsIn(path, text))
  for (const { path, line, rule, text, instead } of findings) console.error(`${path}:${line}  ${rule}: \`${text}\`; ${instead}.`)
  const long = files.filter(({ path, text }) => text.split('\n').length > limits.habit + 1 && !longByNature.test(path))
  for (const { path } of long) console.log(`${path} has passed ${limits.habit} lines: a good moment to split it.`)
  console.log(`check-source: ${files.length} files, ${findings.length} findings.`)
  process.exitCode = findings.length === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
