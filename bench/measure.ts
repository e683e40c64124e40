import { cpuMicros, type Running } from './child.js'
import { load, type Shooter } from './load.js'
import type { Scenario } from './scenarios.js'

export interface Pace {
  readonly connections: number
  readonly rounds: number
  readonly seconds: number
}

/** What one program did in one scenario: medians over the rounds. */
export interface Result {
  readonly scenario: string
  readonly program: string
  readonly perSecond: number
  /** Of the program's own process; PostgreSQL's comes on top. Nothing where it cannot be read. */
  readonly cpuMicros: number | undefined
}

/** The middle of some numbers. */
export const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const oneRound = async (program: string, { url, pid }: Running, shoot: Shooter, connections: number, seconds: number) => {
  const before = cpuMicros(pid)
  const { perSecond, requests, refused, firstRefusal } = await load(url, shoot, connections, seconds)
  const after = cpuMicros(pid)
  if (refused > 0) throw new Error(`${program} refused ${refused} of ${requests} requests: ${firstRefusal}`)
  return { perSecond, requests, cpu: before === undefined || after === undefined ? undefined : (after - before) / requests }
}

/** Warm when the compiler has seen enough of it; a machine that is busy gets more time, but not for ever. */
const warmUp = async (program: string, running: Running, shoot: Shooter, connections: number) => {
  const enough = { requests: 4000, seconds: 12 }
  let requests = 0
  for (let seconds = 0; seconds < enough.seconds && requests < enough.requests; seconds++) {
    requests += (await oneRound(program, running, shoot, connections, 1)).requests
  }
}

/** Rounds in turn, A B C A B C …, so that whatever else the machine does hits all of them alike. */
export const measure = async (
  { name, shooters }: Scenario,
  programs: Readonly<Record<string, Running>>,
  { connections, rounds, seconds }: Pace,
): Promise<Result[]> => {
  const taking = Object.entries(shooters).flatMap(([program, shoot]) => {
    const running = programs[program]
    return running ? [{ program, running, shoot, seen: [] as Awaited<ReturnType<typeof oneRound>>[] }] : []
  })
  for (const { program, running, shoot } of taking) await warmUp(program, running, shoot, connections)
  for (let round = 0; round < rounds; round++) {
    for (const { program, running, shoot, seen } of taking)
      seen.push(await oneRound(program, running, shoot, connections, seconds))
  }
  return taking.map(({ program, seen }) => {
    const cpus = seen.flatMap(({ cpu }) => (cpu === undefined ? [] : [cpu]))
    const perSecond = median(seen.map((each) => each.perSecond))
    return { scenario: name, program, perSecond, cpuMicros: cpus.length === 0 ? undefined : median(cpus) }
  })
}
