import { chmodSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memoryDisk = '/dev/shm'
const roomBytes = 2_000_000_000

/** A new folder that everybody may enter, in memory where there is room: removing thousands of files takes a disk seconds. */
export function scratchFolder(): string {
  return opened(mkdtempSync(join(hasRoom(memoryDisk) ? memoryDisk : tmpdir(), 'groundlevel-test-')))
}

/** The same on the disk: for measuring, and for programs, which /dev/shm may refuse to run. */
export function scratchFolderOnDisk(): string {
  return opened(mkdtempSync(join(tmpdir(), 'groundlevel-test-')))
}

function opened(folder: string): string {
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
