import { runServer } from '@groundlevel/server'
import { dataFolder } from '../data-folder.js'
import { type Example, startExample } from '../example.js'
import { Failure } from '../failure.js'
import type { Io } from '../io.js'

/** Flags of the server by commander's names, each the twin of an environment variable. */
export interface StartOptions {
  readonly [flag: string]: string | boolean | undefined
  readonly example: boolean
  readonly data?: string
  readonly production?: boolean
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The server's own arguments again, in its own form. */
export const argvOf = ({ example: _, ...flags }: StartOptions): string[] =>
  Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return []
    return value === true ? [`--${kebab(name)}`] : [`--${kebab(name)}`, value]
  })

const switchOf = (env: Io['env']): boolean => {
  const text = env.GROUNDLEVEL_EXAMPLE || 'on'
  if (text !== 'on' && text !== 'off') throw new Failure(`GROUNDLEVEL_EXAMPLE is ${JSON.stringify(text)}; use on or off.`, 2)
  return text === 'on'
}

/** Runs the server, and the example app beside it once the server is ready, until both are told to stop. Resolves with the exit code. */
export const start = async (options: StartOptions, io: Io): Promise<number> => {
  const wanted = options.example && options.production !== true && switchOf(io.env)
  let example: Example | undefined
  const onReady = (url: string) => {
    if (wanted && !io.signal.aborted) example = startExample(url, dataFolder(options.data, io.env), io)
  }
  try {
    return await runServer({ argv: argvOf(options), env: io.env, onReady })
  } finally {
    await example?.stop()
  }
}
