import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reply } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'

type Demo = Reply<typeof api.lab.demo.get>

/** What the demo world's file holds: all that `demo` prints but the address, and the names of its people. */
export interface DemoFile extends Omit<Demo, 'url' | 'users'> {
  readonly users: readonly (Demo['users'][number] & { readonly name: string })[]
}

export const demoPath = (dataDir: string) => join(dataDir, 'demo.json')

/** Written whole or not at all, readable by its owner only: it holds passwords and secrets in plain. */
export const writeDemoFile = async (dataDir: string, demo: DemoFile): Promise<void> => {
  await mkdir(dataDir, { recursive: true })
  const draft = `${demoPath(dataDir)}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(demo, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, demoPath(dataDir))
}

/** The demo world of this data folder, undefined where none was written or the file is broken. */
export const readDemoFile = async (dataDir: string): Promise<DemoFile | undefined> => {
  try {
    return JSON.parse(await readFile(demoPath(dataDir), 'utf8')) as DemoFile
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
