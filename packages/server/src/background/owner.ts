import { createHash } from 'node:crypto'
import { hostname } from 'node:os'

let made = 0

/** Names a worker in its leases: installation, process, start of the process, and a number within it. */
export const ownerName = (dataDir: string): string => {
  made++
  return `${installation(dataDir)}:${process.pid}:${startOfProcess()}:${made}`
}

const installation = (dataDir: string) => createHash('sha256').update(`${hostname()}\n${dataDir}`).digest('hex').slice(0, 16)

const startOfProcess = () => Math.round(performance.timeOrigin)

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether a lease's owner certainly runs no more: of this installation, and its process gone, or our own process id at
 * another start (a container whose server always gets the same one). Leases of anyone else run out by themselves.
 */
export const isDeadPredecessor = (owner: string, dataDir: string): boolean => {
  const [place, pid, start] = owner.split(':')
  if (place !== installation(dataDir)) return false
  if (Number(pid) === process.pid) return Number(start) !== startOfProcess()
  return !isRunning(Number(pid))
}
