import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/** Processor time so far of processes, in microseconds, by their number. */
export type Spent = ReadonlyMap<number, number>

/** Of all threads, to the nanosecond: a tick of `stat` is longer than most calls. */
const microsOf = (pid: number): number => {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const ns = threads.map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]))
    return ns.reduce((sum, each) => sum + each, 0) / 1000
  } catch {
    return 0
  }
}

const fieldOfStatus = (pid: number, field: string): number => {
  try {
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

export const spentBy = (pids: readonly number[]): Spent => new Map(pids.map((pid) => [pid, microsOf(pid)]))

/** What was spent in between; a process that is new spent all it has. */
export const spentSince = (before: Spent, after: Spent): number =>
  [...after].reduce((sum, [pid, micros]) => sum + micros - (before.get(pid) ?? 0), 0)

/** Memory of a process, in megabytes. */
export const residentMb = (pid: number): number => fieldOfStatus(pid, 'VmRSS') / 1024

/** Everything that the database runs: its backends, its writers, what tidies up. */
export const everyProcessOf = async (client: pg.Client): Promise<number[]> => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = fieldOfStatus(rows[0]?.pid ?? 0, 'PPid')
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return all.map(Number).filter((pid) => fieldOfStatus(pid, 'PPid') === postmaster)
}

/** The connections of the server. */
export const backendsOf = async (client: pg.Client): Promise<number[]> => {
  const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'groundlevel'`)
  return rows.map(({ pid }) => pid)
}
