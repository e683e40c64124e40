import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Tells the cli in another shell where the server is. */
export const writeServerFile = (dataDir: string, url: string): void => {
  const file = join(dataDir, 'server.json')
  writeFileSync(`${file}.new`, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export const removeServerFile = (dataDir: string): void => rmSync(join(dataDir, 'server.json'), { force: true })
