import type { Reply } from '@groundlevel/contract-kit'
import type { lab } from '@groundlevel/contracts'
import { type Flags, readConfig } from '../config.js'
import { start } from '../main.js'
import { cloneDatabase } from './database.js'
import { scratchFolder } from './scratch.js'

export type Demo = Reply<typeof lab.demo.get>

/** The whole product on a port of its own, with its demo world, as a program outside sees it. */
export interface Product {
  readonly url: string
  readonly demo: Demo
  readonly said: string[]
  stop(): Promise<void>
}

export const startProduct = async (flags: Flags = {}): Promise<Product> => {
  const database = await cloneDatabase()
  const said: string[] = []
  const config = readConfig(
    { port: '0', data: scratchFolder(), 'database-url': database.url, 'rate-limits': 'off', ...flags },
    {},
  )
  const server = await start(config, (line) => said.push(line), { replyChecking: 'always' })
  const demo = (await (await fetch(`${server.url}/_ground/lab/demo`)).json()) as Demo
  return {
    url: server.url,
    demo,
    said,
    stop: async () => {
      await server.stop()
      await database.drop()
    },
  }
}
