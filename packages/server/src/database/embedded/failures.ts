import { exitCodes, StartError } from '../start-error.js'

/** Turns a failed file operation on the data folder into the sentence that says what to do. */
export function fileFailure(error: unknown, path: string): StartError {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const because = (message: string, exitCode: number = exitCodes.cannotCreate) =>
    new StartError(message, exitCode, { cause: error })
  const elsewhere = 'or set GROUNDLEVEL_DATA to another folder.'
  if (error instanceof StartError) return error
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return because(`The disk is full: ${path} cannot be written. Free some space ${elsewhere}`, exitCodes.inputOutput)
  if (code === 'EROFS') return because(`${path} lies on a read-only disk. Make it writable ${elsewhere}`)
  if (code === 'EACCES' || code === 'EPERM')
    return because(`${path} may not be read and written by this user. Change its owner or mode, ${elsewhere}`)
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return because(`${path} cannot be a data folder: a file of that name is in the way. Remove it ${elsewhere}`)
  return because(
    `${path} cannot be used as data folder (${(error as Error).message}). Repair it ${elsewhere}`,
    exitCodes.inputOutput,
  )
}

const knownOutput: readonly [RegExp, (folder: string) => StartError][] = [
  [/No space left on device|Disk quota exceeded/, (at) => fileFailure({ code: 'ENOSPC' }, at)],
  [/Read-only file system/, (at) => fileFailure({ code: 'EROFS' }, at)],
  [/Permission denied/, (at) => fileFailure({ code: 'EACCES' }, at)],
  [
    /database files are incompatible with server/,
    (at) =>
      new StartError(
        `The database in ${at} was made by another major version of PostgreSQL. Start the Groundlevel that made it, or move the folder away to start empty.`,
        exitCodes.setting,
      ),
  ],
  [
    /could not map anonymous shared memory|Cannot allocate memory|out of memory/i,
    () => new StartError('PostgreSQL found too little memory (it needs about 200 MB). Free some, or set DATABASE_URL.'),
  ],
  [
    /error while loading shared libraries|cannot execute|Exec format error|not found/,
    () => noBinaries('they do not run on this system'),
  ],
  [
    /PANIC|could not (open|read|load|locate|find|access)|invalid (checkpoint|data|magic|page)|corrupt|unexpected|is missing/i,
    damaged,
  ],
]

/** Reads what initdb or postgres said before it gave up. `folder` is the data folder as the person knows it. */
export function outputFailure(output: readonly string[], folder: string): StartError {
  const said = output.filter((line) => /FATAL|PANIC|error/i.test(line))
  const text = said.join('\n')
  const known = knownOutput.find(([pattern]) => pattern.test(text))
  const last = (said.at(-1) ?? output.at(-1) ?? 'it said nothing').trim()
  const failure = known?.[1](folder) ?? new StartError(`PostgreSQL did not start on ${folder}: ${last}`)
  failure.cause ??= new Error(output.join('\n'))
  return failure
}

export function damaged(folder: string): StartError {
  return new StartError(
    `The database in ${folder} is damaged. Restore the folder from a backup, or move it away to start empty.`,
    exitCodes.inputOutput,
  )
}

export function noBinaries(why: string): StartError {
  return new StartError(
    `The PostgreSQL binaries for ${process.platform}-${process.arch} cannot be used: ${why}. Run npm ci again, or set DATABASE_URL to a PostgreSQL server (15 or newer).`,
  )
}

export function alreadyRunning(folder: string, pid: number): StartError {
  return new StartError(
    `Another Groundlevel (process ${pid}) already uses ${folder}. Stop it, or set GROUNDLEVEL_DATA to another folder.`,
    exitCodes.tryLater,
  )
}
