import { exitCodes, StartError } from '../start-error.js'

/** Turns what went wrong around a data folder, mostly a failed file operation, into the sentence that says what to do. */
export function fileFailure(cause: unknown, path: string): StartError {
  if (cause instanceof StartError) return cause
  const { code = '', syscall, message } = cause as NodeJS.ErrnoException
  const known = sentences.find(({ codes }) => codes.includes(code))
  if (known) return new StartError(`${known.say(path)} or set GROUNDLEVEL_DATA to another folder.`, known.exitCode, { cause })
  const what = syscall ? 'cannot be used as data folder' : 'holds a database that did not start'
  return new StartError(`${path} ${what} (${message}).`, exitCodes.inputOutput, { cause })
}

const sentences = [
  {
    codes: ['ENOSPC', 'EDQUOT', '53100'],
    exitCode: exitCodes.inputOutput,
    say: (path: string) => `The disk is full: ${path} cannot be written. Free some space`,
  },
  {
    codes: ['EROFS'],
    exitCode: exitCodes.cannotCreate,
    say: (path: string) => `${path} lies on a read-only disk. Make it writable`,
  },
  {
    codes: ['EACCES', 'EPERM'],
    exitCode: exitCodes.cannotCreate,
    say: (path: string) => `${path} may not be read and written by this user. Change its owner or mode,`,
  },
  {
    codes: ['ENOTDIR', 'EEXIST'],
    exitCode: exitCodes.cannotCreate,
    say: (path: string) => `${path} cannot be a data folder: a file of that name is in the way. Remove it`,
  },
]

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
