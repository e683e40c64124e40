import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { appendFile, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { neutralEnv } from './cluster.js'
import type { Place } from './data-folder.js'
import { outputFailure } from './failures.js'
import { postmasterPid } from './leftovers.js'

/** A PostgreSQL server that runs for as long as this process does, and not a second longer. */
export interface Postmaster {
  /** Settles when the server is gone; with its last words when nobody had asked for that. */
  exited: Promise<string | undefined>
  stop(): Promise<void>
}

/**
 * The shell outlives us: it reads our pipe, which the kernel closes whatever we die of, and then asks PostgreSQL for a
 * fast shutdown (SIGINT). Its own group keeps a signal to ours away from the database while we drain. It gives up its
 * copy of stderr, so the end of that stream is the end of PostgreSQL.
 */
const keeper = '"$@" & pid=$!; exec 2>/dev/null; cat >/dev/null; kill -INT $pid; wait $pid'
const stopTimeoutMs = 30_000
const keptLines = 100
const logLimitBytes = 1_000_000

type Child = ChildProcessByStdio<Writable, null, Readable>

/** Resolves when the server accepts connections; rejects with a StartError that says why it does not. */
export async function startPostmaster(postgres: string, place: Place, settings: Record<string, string>): Promise<Postmaster> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child: Child = spawn('/bin/sh', ['-c', keeper, 'groundlevel-postgres', postgres, '-D', place.pg, ...options], {
    ...place.account,
    cwd: '/',
    env: neutralEnv(),
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  // PostgreSQL may be gone before us.
  child.stdin.on('error', () => {})
  const output = await untilReady(child, place)
  let isStopping = false
  const gone = ended(child)
  return {
    exited: gone.then(() => (isStopping ? undefined : (output.at(-1) ?? 'it said nothing'))),
    stop: async () => {
      isStopping = true
      await closed(child, gone, place)
    },
  }
}

function untilReady(child: Child, place: Place): Promise<string[]> {
  const output: string[] = []
  const lines = createInterface({ input: child.stderr })
  const log = openLog(place)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(outputFailure([`error: ${error.message}`], place.folder)))
    lines.once('close', () => {
      child.stdin.end()
      reject(outputFailure(output, place.folder))
    })
    lines.on('line', (line) => {
      if (output.push(line) > keptLines) output.shift()
      // A full disk must not become a second error here.
      appendFile(log, `${line}\n`, { mode: 0o600 }, () => {})
      if (line.includes('database system is ready to accept connections')) resolve(output)
    })
  })
}

function openLog(place: Place): string {
  const log = join(place.folder, 'postgres.log')
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) truncateSync(log)
  return log
}

/** The shell waits at the pipe even when PostgreSQL died by itself: the end of stderr closes the pipe for it. */
function ended(child: Child): Promise<void> {
  return new Promise((resolve) => {
    child.stderr.once('close', () => child.stdin.end())
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })
}

async function closed(child: Child, gone: Promise<void>, place: Place): Promise<void> {
  child.stdin.end()
  const impatience = setTimeout(() => {
    const pid = postmasterPid(place.pg)
    if (pid !== undefined) process.kill(pid, 'SIGQUIT')
  }, stopTimeoutMs)
  await gone
  clearTimeout(impatience)
}
