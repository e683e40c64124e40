import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Bytes } from './bytes.js'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** Bytes in a folder, spread over sub-folders; a file is there whole or not at all. */
export const folderBytes = (folder: string): Bytes => {
  const pathOf = (id: string) => join(folder, id.slice(0, 2), id)
  return {
    put: async (id, { open: read }) => {
      const path = pathOf(id)
      const unfinished = `${path}.unfinished`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await pipeline(read(), createWriteStream(unfinished, { mode: 0o600, flush: true }))
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    get: async (id) => {
      try {
        const file = await open(pathOf(id))
        return createReadStream('', { fd: file })
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw error
      }
    },
    remove: async (id) => {
      // What a killed process left of a file that it was writing.
      await rm(`${pathOf(id)}.unfinished`, { force: true })
      await rm(pathOf(id), { force: true })
    },
  }
}
