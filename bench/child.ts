import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A server under measurement. */
export interface Running {
  readonly url: string
  readonly pid: number
  /** Milliseconds from its start to the sign that it is ready. */
  readonly readyMs: number
  stop(): Promise<void>
}

export interface Start {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What the program prints when it is ready, its address in the first group; or the address at which it will answer. */
  readonly ready: RegExp | string
}

const readyWithinMs = 60_000
const lookEveryMs = 5

const stopped = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 15_000).unref()
  })

const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const { port, hostname } = new URL(address)
    const socket = connect(Number(port), hostname, () => resolve(true))
    socket.once('error', () => resolve(false)).once('close', () => socket.destroy())
    socket.once('connect', () => socket.end())
  })

const addressOf = async (ready: RegExp | string, printed: string) => {
  if (typeof ready !== 'string') return ready.exec(printed)?.[1]
  return (await answers(ready)) ? ready : undefined
}

/**
 * Starts a program of Node and waits until it is ready.
 *
 * @throws Error with what it printed, when it ends or is not ready within a minute.
 */
export const startChild = async ({ args, env = {}, ready }: Start): Promise<Running> => {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-20_000)
    })
  }
  while (child.exitCode === null && child.signalCode === null && performance.now() - began < readyWithinMs) {
    const url = await addressOf(ready, printed)
    if (url) return { url, pid: child.pid ?? 0, readyMs: performance.now() - began, stop: () => stopped(child) }
    await wait(lookEveryMs)
  }
  await stopped(child)
  throw new Error(`${args.join(' ')} did not become ready:\n${printed}`)
}

/** A port that nobody listens on. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const ticksPerSecond = 100

/** Processor time of a process so far, in microseconds; nothing where there is no /proc. */
export const cpuMicros = (pid: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return (((user ?? 0) + (system ?? 0)) / ticksPerSecond) * 1e6
  } catch {
    return undefined
  }
}
