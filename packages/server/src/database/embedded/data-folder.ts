import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { exitCodes, StartError } from '../start-error.js'
import { type Account, reaches } from './account.js'

/** Where the database of a data folder lies, and whom it belongs to. */
export interface Place {
  /** The data folder as the person named it, absolute. */
  folder: string
  /** The folder that holds `pg`: the data folder itself, or one that the account can reach. */
  home: string
  /** PostgreSQL's own folder (PGDATA). */
  pg: string
  account: Account | undefined
}

const noteName = 'pg.location'

/** Makes the data folder, or throws what the file system said. */
export function openFolder(folder: string): void {
  const isNew = makeFolder(folder)
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  // Never the mode of somebody else's folder that was named by mistake, such as /tmp.
  const isOurs = isNew || readdirSync(folder).length === 0 || existsSync(join(folder, 'pg')) || existsSync(join(folder, noteName))
  if (isOurs && process.getuid?.() === statSync(folder).uid) chmodSync(folder, 0o711)
}

function makeFolder(folder: string): boolean {
  try {
    return mkdirSync(folder, { recursive: true, mode: 0o711 }) !== undefined
  } catch (error) {
    // Node says ENOENT on a read-only disk; the folder above knows better.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') accessSync(nearest(folder), constants.W_OK)
    throw error
  }
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

/** Decides where the database lies; the answer of the first start holds for as long as the data folder lives. */
export function placeData(folder: string, account: Account | undefined, systemDir: string, say: (line: string) => void): Place {
  const home = notedHome(folder)
  if (home) return withOwner(folder, home, account)
  if (!account || existsSync(join(folder, 'pg')) || reaches(account, folder)) return withOwner(folder, folder, account)
  const elsewhere = freeHome(folder, systemDir, say)
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
  writeFileSync(join(folder, noteName), `${elsewhere}\n`)
  return withOwner(folder, elsewhere, account)
}

/** Gives PostgreSQL's folder to its account when root owns it: a restored backup, or a change of account. */
export function handOver({ pg, account }: Place): void {
  if (account && existsSync(pg) && statSync(pg).uid === 0) chownAll(pg, account)
  if (existsSync(pg) && (statSync(pg).mode & 0o077) !== 0) chmodSync(pg, 0o700)
}

function notedHome(folder: string): string | undefined {
  const note = join(folder, noteName)
  if (!existsSync(note)) return undefined
  const home = readFileSync(note, 'utf8').trim()
  if (existsSync(home)) return home
  throw new StartError(
    `${note} says that the database lies in ${home}, which is gone. Bring that folder back, or remove the note to start empty.`,
    exitCodes.inputOutput,
  )
}

/** A database that a removed data folder left behind is neither taken up again nor deleted. */
function freeHome(folder: string, systemDir: string, say: (line: string) => void): string {
  const base = join(systemDir, `data-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  for (let number = 1; ; number++) {
    const home = number === 1 ? base : `${base}-${number}`
    if (!existsSync(home)) return home
    say(`${home} holds the database of an earlier ${folder}; remove it when nobody needs it.`)
  }
}

/** A folder that a user filled keeps running under that user when root starts it. */
function withOwner(folder: string, home: string, account: Account | undefined): Place {
  const pg = join(home, 'pg')
  const owner = account && existsSync(pg) ? statSync(pg) : undefined
  return { folder, home, pg, account: owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : account }
}

function chownAll(path: string, account: Account): void {
  chownSync(path, account.uid, account.gid)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) chownAll(join(path, entry.name), account)
    else lchownSync(join(path, entry.name), account.uid, account.gid)
  }
}
