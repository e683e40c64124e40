import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './data-folder.js'
import { alreadyRunning } from './failures.js'
import { isPostmasterOf } from './running-process.js'

const patienceMs = 5_000
const pollMs = 25

/**
 * Waits for the PostgreSQL that a killed Groundlevel left behind: its keeper stops it within moments. One that lost
 * its keeper too is asked to stop. Our own lock says that no living Groundlevel needs it.
 */
export async function awaitOldPostmaster(place: Place): Promise<void> {
  const pid = postmasterPid(place.pg)
  if (pid === undefined) return
  if (isPostmasterOf(pid, place.pg)) {
    if (await hasGone(pid, place.pg)) return
    interrupt(pid, place)
    if (!(await hasGone(pid, place.pg))) throw alreadyRunning(place.folder, pid)
  } else if (isAlive(pid)) {
    // The number belongs to somebody else by now (a restarted container): PostgreSQL would refuse to start for ever.
    for (const file of ['postmaster.pid', '.s.PGSQL.5432.lock']) rmSync(join(place.pg, file), { force: true })
  }
}

/** The process that PostgreSQL's lock file names, alive or not. */
export function postmasterPid(pg: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(pg, 'postmaster.pid'), 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

async function hasGone(pid: number, pg: string): Promise<boolean> {
  const attempts = patienceMs / pollMs
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (!isPostmasterOf(pid, pg)) return true
    await sleep(pollMs)
  }
  return false
}

function interrupt(pid: number, place: Place): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    if (isPostmasterOf(pid, place.pg)) throw alreadyRunning(place.folder, pid)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
