import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@groundlevel/app-kit'
import { dataFolder } from './data-folder.js'
import { Failure } from './failure.js'
import type { Io } from './io.js'

/** Options that every command but `start` has. */
export interface ServerOptions {
  readonly url?: string
  readonly data?: string
}

const named = (text: string, from: string): string => {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new Failure(`${from} is ${JSON.stringify(text)}, which is no http address such as http://127.0.0.1:4000.`, 2)
  return text.replace(/\/+$/, '')
}

const fromFile = async (folder: string): Promise<string> => {
  const path = join(folder, 'server.json')
  try {
    const { url } = JSON.parse(await readFile(path, 'utf8')) as { url?: unknown }
    if (typeof url === 'string') return url
  } catch {
    // Absent or half written: in both cases nothing is running there.
  }
  throw new Failure(
    `No Groundlevel runs with its data in ${folder}: start it with \`npm start\`, or name its address with --url or GROUNDLEVEL_URL.`,
  )
}

const demandAnswer = async (url: string) => {
  try {
    await createClient({ baseUrl: url, timeoutMs: 5000 }).platform.health.get()
  } catch (cause) {
    throw new Failure(`No Groundlevel answers at ${url}: start it with \`npm start\`, or name another address with --url.`, 1, {
      cause,
    })
  }
}

/**
 * The running server: `--url`, `GROUNDLEVEL_URL`, else what the server wrote to `<data>/server.json`
 * (data: `--data`, `GROUNDLEVEL_DATA`, `./.groundlevel`).
 *
 * @throws Failure when there is none, or it does not answer.
 */
export const findServer = async (options: ServerOptions, { env }: Pick<Io, 'env'>): Promise<string> => {
  const folder = dataFolder(options.data, env)
  const url =
    options.url !== undefined
      ? named(options.url, '--url')
      : env.GROUNDLEVEL_URL
        ? named(env.GROUNDLEVEL_URL, 'GROUNDLEVEL_URL')
        : await fromFile(folder)
  await demandAnswer(url)
  return url
}
