import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alreadyRunning } from './failures.js'
import { startOf } from './running-process.js'

/**
 * One Groundlevel per data folder. PostgreSQL has such a lock too, but it cannot tell a second instance (give up at
 * once) from the last seconds of a killed one (wait). Returns the release.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'groundlevel.pid')
  const note = `${process.pid}\n${startOf(process.pid) ?? ''}\n`
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, note, { flag: 'wx', mode: 0o644 })
      return () => removeOwn(path, note)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw error
    }
    const holder = livingHolder(path)
    if (holder !== undefined) throw alreadyRunning(folder, holder)
    unlinkSync(path)
  }
}

function livingHolder(path: string): number | undefined {
  const [pid, start] = readFileSync(path, 'utf8').split('\n')
  return pid && start && startOf(Number(pid)) === start ? Number(pid) : undefined
}

function removeOwn(path: string, note: string): void {
  try {
    if (readFileSync(path, 'utf8') === note) unlinkSync(path)
  } catch {
    // The folder may be gone or full by now; a lock without its process counts for nothing.
  }
}
