import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The product as people start it, from the built files, on its own PostgreSQL; to be killed whole. */
export interface DoomedServer {
  /** @returns its address */
  start(): Promise<string>
  /** Server and database at once, without a word. */
  kill(): Promise<void>
  /** Ends what is still running. */
  clear(): void
}

/** @param flags of the server, beside those that every test needs */
export const doomedServer = (dataDir: string, flags: readonly string[] = []): DoomedServer => {
  let server: ChildProcess | undefined
  return {
    start: () => {
      if (!existsSync('packages/cli/dist/main.js')) throw new Error('run npm run build first')
      const args = [
        'packages/cli/bin/groundlevel.js',
        'start',
        '--no-example',
        '--rate-limits',
        'off',
        '--port',
        '0',
        '--data',
        dataDir,
        ...flags,
      ]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
      server = child
      return new Promise((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
        child.stdout.on('data', (chunk: Buffer) => {
          const [, url] = /Groundlevel is ready: (\S+)/.exec(chunk.toString()) ?? []
          if (url) resolve(url)
        })
      })
    },
    kill: async () => {
      const child = server as ChildProcess
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const postmaster = Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(-(child.pid as number), 'SIGKILL')
      process.kill(postmaster, 'SIGKILL')
      await ended
    },
    clear: () => {
      if (server?.pid && server.exitCode === null && server.signalCode === null) process.kill(-server.pid, 'SIGTERM')
    },
  }
}
