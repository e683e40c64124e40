import type { Reply } from '@groundlevel/contract-kit'
import type { lab } from '@groundlevel/contracts'
import { type Flags, readConfig } from '../config.js'
import { type RunningServer, start } from '../main.js'
import { cloneDatabase } from './database.js'
import { scratchFolder } from './scratch.js'

export type Demo = Reply<typeof lab.demo.get>

/** The whole product on a port of its own, with its demo world, as a program outside sees it. */
export interface Product {
  readonly url: string
  /** Its data folder. */
  readonly folder: string
  readonly demo: Demo
  readonly said: string[]
  stop(): Promise<void>
}

/** One process of the product, on a free port and a database that it may share with others. */
export const startProcess = (
  databaseUrl: string,
  flags: Flags = {},
  say: (line: string) => void = () => {},
): Promise<RunningServer> => {
  const usual = { port: '0', data: scratchFolder(), 'database-url': databaseUrl, 'rate-limits': 'off' }
  return start(readConfig({ ...usual, ...flags }, {}), say, { replyChecking: 'always' })
}

export const startProduct = async (flags: Flags = {}): Promise<Product> => {
  const database = await cloneDatabase()
  const said: string[] = []
  const folder = scratchFolder()
  const server = await startProcess(database.url, { data: folder, ...flags }, (line) => said.push(line))
  const demo = (await (await fetch(`${server.url}/_ground/lab/demo`)).json()) as Demo
  return {
    url: server.url,
    folder,
    demo,
    said,
    stop: async () => {
      await server.stop()
      await database.drop()
    },
  }
}
