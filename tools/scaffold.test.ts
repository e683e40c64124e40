import { readdirSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { namesOf } from './resource-names.js'
import { scaffold, type Tree } from './scaffold.js'

const tree: Tree = {
  read: (path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return undefined
    }
  },
  list: readdirSync,
}

/** What the compiler says about files that only exist here, on top of the repository's own. */
const complaints = (files: ReadonlyMap<string, string>) => {
  const written = new Map([...files].map(([path, text]) => [resolve(path), text]))
  const folders = [...written.keys()]
  const base = ts.readConfigFile('tsconfig.base.json', (path) => readFileSync(path, 'utf8')).config
  const { options } = ts.parseJsonConfigFileContent(
    {
      compilerOptions: {
        ...base.compilerOptions,
        composite: false,
        noEmit: true,
        paths: { '@groundlevel/*': ['./packages/*/src/index.ts'] },
      },
    },
    ts.sys,
    process.cwd(),
  )
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...written.keys()], options, {
    ...host,
    directoryExists: (path) =>
      folders.some((each) => each.startsWith(`${resolve(path)}/`)) || (host.directoryExists?.(path) ?? true),
    fileExists: (path) => written.has(resolve(path)) || host.fileExists(path),
    readFile: (path) => written.get(resolve(path)) ?? host.readFile(path),
    getSourceFile: (path, languageVersion) => {
      const text = written.get(resolve(path))
      return text === undefined ? host.getSourceFile(path, languageVersion) : ts.createSourceFile(path, text, languageVersion)
    },
  })
  return [...written.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  })
}

/** The tree with files on top of it. */
const over = (files: ReadonlyMap<string, string>): Tree => ({
  read: (path) => files.get(path) ?? tree.read(path),
  list: (folder) => [
    ...tree.list(folder),
    ...[...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => basename(path)),
  ],
})

describe('a new resource', () => {
  // One run of the compiler for the three questions: it takes seconds.
  test('in a known module and in a new one compiles as written; a handler that is then left out does not', {
    timeout: 120_000,
  }, () => {
    const files = new Map(scaffold(namesOf('contacts', 'reminders'), tree))
    for (const [path, text] of scaffold(namesOf('invented-things', 'lost-causes'), over(files))) files.set(path, text)
    for (const [path, text] of scaffold(namesOf('contacts', 'gaps'), over(files))) files.set(path, text)
    const gap = 'packages/server/src/crm/contacts/gaps.handlers.ts'
    files.set(gap, (files.get(gap) ?? '').replace(/^ {4}get:.*\n/m, ''))

    expect([...files.keys()].filter((path) => /\.(contract|sql|handlers|test)\.ts$/.test(path))).toHaveLength(12)
    const found = complaints(files)
    expect(found.filter((each) => !each.includes(gap))).toEqual([])
    expect(found.join()).toContain("'get' is missing")
  })

  test('one that exists is refused before anything is written', () => {
    expect(() => scaffold(namesOf('contacts', 'notes'), tree)).toThrow('contacts has notes already')
  })
})

describe('names', () => {
  test.each([
    ['tasks', 'task', 'contactTasks'],
    ['opportunities', 'opportunity', 'contactOpportunities'],
    ['addresses', 'address', 'contactAddresses'],
    ['lost-reasons', 'lostReason', 'contactLostReasons'],
  ])('%s: one is a %s, the table %s', (resource, one, table) => {
    expect(namesOf('contacts', resource)).toMatchObject({ one, table })
  })

  test('anything but lower-case words is refused with an example', () => {
    expect(() => namesOf('contacts', '../x')).toThrow('npm run new-resource -- contacts tasks')
    expect(() => namesOf(undefined, undefined)).toThrow('npm run new-resource')
  })
})
