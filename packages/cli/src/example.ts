import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Io } from './io.js'

/** The running example app. */
export interface Example {
  stop(): Promise<void>
}

const entry = (): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve('@groundlevel/lead-router')
  } catch {
    return undefined
  }
}

/** Where the demo world says that it listens. */
const usualPort = '4100'

/** How long the example may take to finish what it is doing. */
const graceMs = 3000

/**
 * Starts Lead Router beside the server, on 4100 or on `GROUNDLEVEL_EXAMPLE_PORT`, with its tokens in the data folder: they are of no
 * use without it. It gets nothing of the server's own settings, its secret least of all. It ends with us, also when we are killed, since its channel to us closes. A taken port is its own one sentence and no failure of ours.
 */
export const startExample = (
  serverUrl: string,
  dataFolder: string,
  { env, err }: Pick<Io, 'env' | 'err'>,
): Example | undefined => {
  const path = entry()
  if (path === undefined) {
    err('Lead Router is not built, so the server runs without it: run `npm run build` to have it.')
    return undefined
  }
  const { PATH, HOME, SystemRoot, GROUNDLEVEL_EXAMPLE_PORT } = env
  const port = GROUNDLEVEL_EXAMPLE_PORT || usualPort
  if (port !== usualPort)
    err(
      `The demo app has its redirect and webhook at port ${usualPort}: change them to ${port} under My Apps → Lead Router, or nothing arrives.`,
    )
  const child = fork(path, {
    env: { PATH, HOME, SystemRoot, PORT: port, GROUNDLEVEL_URL: serverUrl, TOKENS: join(dataFolder, 'lead-router') },
    execArgv: [],
    stdio: 'inherit',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.once('error', (error) => err(`Lead Router could not be started: ${error.message}.`))
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await ended
      clearTimeout(timer)
    },
  }
}
