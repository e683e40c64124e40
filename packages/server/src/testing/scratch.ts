import { chmodSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

/** Everything that a run writes lies in these two, so that one place can clear it up. */
export interface RunFolders {
  /** In memory where there is room: removing thousands of files takes a disk seconds. */
  quick: string
  disk: string
}

declare module 'vitest' {
  interface ProvidedContext {
    runFolders: RunFolders
  }
}

const memoryDisk = '/dev/shm'
const roomBytes = 2_000_000_000

export function makeRunFolders(): RunFolders {
  return { quick: newFolder(hasRoom(memoryDisk) ? memoryDisk : tmpdir()), disk: newFolder(tmpdir()) }
}

/** A new folder that everybody may enter; it goes with the run. */
export function scratchFolder(): string {
  return newFolder(inject('runFolders').quick)
}

/** The same on the disk: for measuring, and for programs, which a memory disk may refuse to run. */
export function scratchFolderOnDisk(): string {
  return newFolder(inject('runFolders').disk)
}

function newFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'groundlevel-'))
  chmodSync(folder, 0o755)
  return folder
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > roomBytes
  } catch {
    return false
  }
}
