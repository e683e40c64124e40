import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repositoryFiles } from './check-source.js'
import { anchorOf, type Claim, claimsOf } from './markdown.js'

/** What the repository has, for the claims of its documents to be held against. */
export interface Ground {
  /** Every file, by path from the root. */
  readonly files: readonly string[]
  readonly scripts: ReadonlySet<string>
  readonly programs: (name: string) => boolean
  readonly verbs: ReadonlySet<string>
  readonly settings: ReadonlySet<string>
  readonly headings: (file: string) => readonly string[]
}

const pattern = (path: string) =>
  new RegExp(
    `^${path
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/<[^>]*>|NNNN/g, '[^/]+')
      .replace(/\*/g, '[^/]*')}(/|$)`,
  )

/** A path counts from the document, from the root, or as the end of a path (`main.ts`, `lab/clock.ts`, `.sql.ts`). */
const hasPath = ({ files }: Ground, from: string, path: string) => {
  const bare = path.replace(/^(?=\.\w+\.\w+$)/, '*').replace(/\/$/, '')
  const candidates = [normalize(join(dirname(from), bare)), normalize(bare)].map(pattern)
  if (candidates.some((each) => files.some((file) => each.test(file)))) return true
  const ending = new RegExp(`/${pattern(bare).source.slice(1)}`)
  return files.some((file) => ending.test(`/${file}`))
}

const hasLink = (ground: Ground, from: string, target: string) => {
  if (/^[a-z]+:/.test(target)) return true
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? from : normalize(join(dirname(from), file)).replace(/\/$/, '')
  if (!ground.files.some((each) => each === path || each.startsWith(`${path}/`))) return false
  return anchor === undefined || ground.headings(path).includes(anchor)
}

const holds = (ground: Ground, from: string, { kind, value }: Claim) => {
  if (kind === 'link') return hasLink(ground, from, value)
  if (kind === 'path') return hasPath(ground, from, value)
  if (kind === 'script') return ground.scripts.has(value)
  if (kind === 'program') return ground.programs(value)
  return kind === 'verb' ? ground.verbs.has(value) : ground.settings.has(value)
}

const meanings: Readonly<Record<Claim['kind'], string>> = {
  link: 'leads nowhere',
  path: 'is no file or folder',
  script: 'is no script of package.json',
  program: 'is no program that npm installs here',
  verb: 'is no command of the cli',
  setting: 'is read nowhere',
}

/** What a document says that is not so, one sentence each. */
export const untruths = (ground: Ground, from: string, text: string) => {
  const tops = new Set(ground.files.map((file) => file.split('/')[0] ?? ''))
  return claimsOf(text, tops)
    .filter((claim) => !holds(ground, from, claim))
    .map(({ line, kind, value }) => `${from}:${line}  ${value} ${meanings[kind]}.`)
}

const groundOf = (files: readonly string[]): Ground => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const commands = files.flatMap((file) => /^packages\/cli\/src\/commands\/([a-z]+)(\.ts|\/)/.exec(file)?.[1] ?? [])
  const sources = files.filter((file) => /\.(ts|mjs|tsx)$/.test(file)).map((file) => readFileSync(file, 'utf8'))
  return {
    files,
    scripts: new Set(Object.keys(manifest.scripts)),
    programs: (name) => existsSync(`node_modules/.bin/${name}`),
    verbs: new Set(commands),
    settings: new Set(sources.flatMap((text) => text.match(/\bGROUNDLEVEL_[A-Z_]+\b/g) ?? [])),
    headings: (file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /^#+ /.test(line))
        .map((line) => anchorOf(line.replace(/^#+ /, ''))),
  }
}

const main = () => {
  const files = repositoryFiles(/./)
  const ground = groundOf(files)
  const documents = files.filter((file) => file.endsWith('.md'))
  const found = documents.flatMap((file) => untruths(ground, file, readFileSync(file, 'utf8')))
  for (const each of found) console.error(each)
  console.log(`check-docs: ${documents.length} documents, ${found.length} findings.`)
  process.exitCode = found.length === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
