import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * When the process started, as text that is only good for comparing; undefined when no such process lives.
 * A pid alone says little: after a restart of a container it soon belongs to somebody else.
 */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return said('ps', ['-o', 'lstart=', '-p', String(pid)])
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Field 3 is the state (a zombie no longer holds anything), field 22 the start in clock ticks.
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** Is this process a postgres that serves this folder? */
export function isPostmasterOf(pid: number, folder: string): boolean {
  if (startOf(pid) === undefined) return false
  try {
    if (process.platform !== 'linux') return said('ps', ['-o', 'comm=', '-p', String(pid)]).endsWith('postgres')
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch (error) {
    // Another user's process hides its folder from us; ours would run under our own account.
    return (error as NodeJS.ErrnoException).code === 'EACCES' && process.getuid?.() === 0
  }
}

function said(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
