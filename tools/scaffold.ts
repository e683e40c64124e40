import type { Names } from './resource-names.js'
import { contractText, handlersText, migrationText, moduleText, sqlText, tableText, testText } from './resource-templates.js'

/** The repository as the scaffold sees it. */
export interface Tree {
  /** The text of a file, or nothing. */
  read(path: string): string | undefined
  /** Names in a folder. */
  list(folder: string): readonly string[]
}

const camel = (words: string) => words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const migrations = 'packages/server/src/database/migrations'

const changed = (tree: Tree, path: string, change: (text: string) => string): [string, string] => {
  const before = tree.read(path)
  if (before === undefined) throw new Error(`${path} is not there, so nothing can be added to it.`)
  const after = change(before)
  if (after === before) throw new Error(`${path} is not written as expected; add to it by hand.`)
  return [path, after]
}

/** Export lines stay sorted by the file that they name. */
const withExport = (text: string, line: string) => {
  const from = (each: string) => /from '(.*)'/.exec(each)?.[1] ?? ''
  const lines = text.trimEnd().split('\n')
  const at = lines.findIndex((each) => each.startsWith('export') && from(each) > from(line))
  lines.splice(at < 0 ? lines.length : at, 0, line)
  return `${lines.join('\n')}\n`
}

const contractSide = (names: Names, tree: Tree): [string, string][] => {
  const folder = `packages/contracts/src/${names.module}`
  const line = `export { ${camel(names.resource)} } from './${names.resource}.contract.js'`
  const known = tree.read(`${folder}/index.ts`) !== undefined
  if (known && tree.read(`${folder}/module.ts`) === undefined) {
    throw new Error(`${folder} declares its module inside a contract; move the apiModule() call to ${folder}/module.ts first.`)
  }
  const moduleFiles: [string, string][] = known
    ? [changed(tree, `${folder}/index.ts`, (text) => withExport(text, line))]
    : [
        [`${folder}/module.ts`, moduleText(names)],
        [`${folder}/index.ts`, `${line}\n`],
        changed(tree, 'packages/contracts/src/api.ts', (text) =>
          withExport(text, `export * as ${camel(names.module)} from './${names.module}/index.js'`),
        ),
      ]
  return [
    ...moduleFiles,
    [`${folder}/${names.resource}.contract.ts`, contractText(names)],
    changed(tree, 'packages/contracts/src/shapes.ts', (text) =>
      withExport(text, `export { ${names.Shape} } from './${names.module}/${names.resource}.contract.js'`),
    ),
  ]
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

/** The table's type, in the file of its module; a new module's file joins the list of all. */
const tableSide = (names: Names, tree: Tree): [string, string][] => {
  const path = `packages/server/src/database/tables/${names.module}.ts`
  const set = `${capital(camel(names.module))}Tables`
  const row = `  ${names.table}: ${capital(names.table)}Table`
  if (tree.read(path) !== undefined) {
    return [
      changed(tree, path, (text) =>
        text
          .replace(`export interface ${set} {`, `${tableText(names)}export interface ${set} {`)
          .replace(/\n\}\n$/, `\n${row}\n}\n`),
      ),
    ]
  }
  return [
    [path, `${tableText(names)}export interface ${set} {\n${row}\n}\n`],
    changed(tree, 'packages/server/src/database/tables.ts', (text) =>
      `import type { ${set} } from './tables/${names.module}.js'\n${text}`.replace(' {}\n', `,\n    ${set} {}\n`),
    ),
  ]
}

const databaseSide = (names: Names, tree: Tree): [string, string][] => {
  const last = Math.max(0, ...tree.list(migrations).map((name) => Number.parseInt(name, 10) || 0))
  const id = `${String(last + 1).padStart(4, '0')}-${names.module}-${names.resource}`
  return [
    [`${migrations}/${id}.ts`, migrationText(names, id)],
    changed(tree, `${migrations}/index.ts`, (text) =>
      text
        .replace(/(import \{ \w+ \} from '\.\/\d{4}-[^\n]*\n)(?!import)/, `$1import { ${names.table} } from './${id}.js'\n`)
        .replace(/,?\s*\]\s*$/, `, ${names.table}]\n`),
    ),
    ...tableSide(names, tree),
  ]
}

/**
 * Every file that a new resource adds or changes, by path: contract, queries, handlers, test, migration, table, owner.
 *
 * @throws Error one sentence, when the resource exists or a file is not written as expected; nothing is written then.
 */
export const scaffold = (names: Names, tree: Tree): ReadonlyMap<string, string> => {
  const room = `packages/server/src/crm/${names.module}`
  if (tree.read(`packages/contracts/src/${names.module}/${names.resource}.contract.ts`) !== undefined) {
    throw new Error(`${names.module} has ${names.resource} already.`)
  }
  const owner = `  ...owned('crm/${names.module}', '`
  return new Map([
    ...contractSide(names, tree),
    ...databaseSide(names, tree),
    [`${room}/${names.resource}.sql.ts`, sqlText(names)],
    [`${room}/${names.resource}.handlers.ts`, handlersText(names)],
    [`${room}/${names.resource}.test.ts`, testText(names)],
    changed(tree, 'tools/source-rules.ts', (text) =>
      text.includes(owner)
        ? text.replace(owner, `${owner}${names.table} `)
        : text.replace(/(Record<string, string>> = \{\n)/, `$1${owner}${names.table}'),\n`),
    ),
  ])
}
