import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, StartError } from '../start-error.js'
import type { Place } from './data-folder.js'
import { damaged, fileFailure, outputFailure } from './failures.js'

export const superuser = 'groundlevel'

/** The server's clock zone and the language of its messages must not depend on who starts it. */
export const neutralEnv = () => ({ PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' })

/** Makes the database cluster when there is none. True when it did. `isDurable`: wait until the disk has it. */
export async function createClusterOnce(initdb: string, place: Place, isDurable: boolean): Promise<boolean> {
  if (existsSync(place.pg)) {
    const isWhole = ['PG_VERSION', 'global/pg_control'].every((file) => existsSync(join(place.pg, file)))
    if (!isWhole) throw damaged(place.pg)
    return false
  }
  // Renamed when whole, so that a first start that was cut short is simply repeated.
  const unfinished = `${place.pg}.new`
  try {
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { mode: 0o700 })
    if (place.account) chownSync(unfinished, place.account.uid, place.account.gid)
    await runInitdb(initdb, [...initdbOptions(unfinished, writePassword(place)), ...syncOptions(isDurable)], place)
    renameSync(unfinished, place.pg)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw fileFailure(error, place.home)
  }
  return true
}

/** The password is asked for over TCP only: the folder of the Unix socket is closed to everybody else. */
export function passwordOf(place: Place): string {
  try {
    return readFileSync(passwordFile(place), 'utf8')
  } catch (cause) {
    const message = `${passwordFile(place)} cannot be read, and the path of ${place.pg} is too long for a socket. Set GROUNDLEVEL_DATA to a shorter path by moving the folder.`
    throw new StartError(message, exitCodes.inputOutput, { cause })
  }
}

function passwordFile(place: Place): string {
  return join(place.home, 'pg.password')
}

function writePassword(place: Place): string {
  const path = passwordFile(place)
  writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (place.account) chownSync(path, place.account.uid, place.account.gid)
  return path
}

/**
 * The built-in provider sorts by code point and is the same on every system. Extensions such as pg_trgm still ask
 * the C library what a letter is: with `--lc-ctype=C` they would drop every letter outside ASCII.
 */
function initdbOptions(folder: string, password: string): string[] {
  const ctype = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${password}`,
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${ctype}`,
    '--no-instructions',
  ]
}

/** One call for the whole file system where the kernel has it: a thousand files one by one take as long as all the rest of initdb. */
function syncOptions(isDurable: boolean): string[] {
  if (!isDurable) return ['--no-sync']
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : []
}

function runInitdb(initdb: string, options: string[], place: Place): Promise<void> {
  const output: string[] = []
  const child = spawn(initdb, options, {
    ...place.account,
    cwd: '/',
    env: neutralEnv(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(...text.split('\n')))
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(outputFailure([`error: ${error.message}`], place.folder)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(outputFailure(output, place.folder))))
  })
}
