import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Connection } from '../database/connection.js'
import { isPostmasterOf } from '../database/embedded/running-process.js'
import { type Embedded, type EmbeddedOptions, startEmbedded } from '../database/embedded.js'
import type { StartError } from '../database/start-error.js'
import { scratchFolder } from './scratch.js'

/** The folders of one test about the embedded server itself. */
export interface Room {
  /** Everybody may enter. */
  open: string
  /** 0700, as under /root: nothing below is within reach of PostgreSQL's account. */
  closed: string
  systemDir: string
}

/** Call once in a test file: a new room for every test, whose servers are stopped when it ends. */
export function useRooms(): Room {
  const room: Room = { open: '', closed: '', systemDir: '' }
  beforeAll(async () => {
    finished = scratchFolder()
    await (await startEmbedded({ dataDir: finished, settings: { fsync: 'off' } })).stop()
  })
  beforeEach(() => {
    room.open = scratchFolder()
    room.closed = join(room.open, 'closed')
    mkdirSync(room.closed, { mode: 0o700 })
    room.systemDir = join(room.open, 'system')
    current = room
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.stop()))
    await Promise.all(held.splice(0).map(killAndWait))
  })
  return room
}

/** A data folder to copy: making one takes seconds. */
let finished: string
let current: Room
const started: Embedded[] = []
const held: Held[] = []

/** A data folder whose first start lies behind it. */
export function usedFolder(): string {
  cpSync(finished, join(current.open, 'data'), { recursive: true })
  return join(current.open, 'data')
}

export async function start(options: EmbeddedOptions): Promise<Embedded> {
  const server = await startEmbedded({ systemDir: current.systemDir, ...options })
  started.push(server)
  return server
}

export async function ask(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

export const refusal = (options: EmbeddedOptions) =>
  start(options).then(
    () => expect.unreachable(),
    (error: unknown) => error as StartError,
  )

export interface Held {
  process: ChildProcessByStdio<null, Readable, null>
  said: { connection: Connection; firstStart: boolean; message?: string; exitCode?: number }
  lines: AsyncIterator<string>
  exited: Promise<number | null>
  pg: string
}

/** A server in a process group of its own, to be killed. */
export async function hold(dataDir: string): Promise<Held> {
  const script = fileURLToPath(new URL('./hold-embedded.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, current.systemDir], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const said: Held['said'] = JSON.parse((await lines.next()).value)
  const holder = { process: child, said, lines, exited, pg: said.connection?.host }
  held.push(holder)
  return holder
}

async function killAndWait({ process: { pid }, exited, pg: folder }: Held): Promise<void> {
  try {
    process.kill(-(pid ?? 0), 'SIGKILL')
  } catch {
    // The test has killed it already.
  }
  await exited
  await expect.poll(() => postgresesOf(folder), { timeout: 10_000 }).toEqual([])
}

/** Looked up in the process table: a lock file would only say what PostgreSQL believes. */
export function postgresesOf(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => isPostmasterOf(pid, folder))
}

export function postmasterOf(folder: string): number {
  const all = postgresesOf(folder)
  const roots = all.filter((pid) => !all.includes(parentOf(pid)))
  expect(roots).toHaveLength(1)
  return roots[0] as number
}

export function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}
