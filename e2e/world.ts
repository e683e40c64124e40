import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { test as base } from '@playwright/test'

export interface World {
  /** Where the product answers. */
  readonly url: string
  /** Where the example app beside it answers. */
  readonly example: string
}

export const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (!address || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const readyMs = 120_000

const ready = async (url: string, server: ChildProcess): Promise<void> => {
  for (const until = Date.now() + readyMs; Date.now() < until; await sleep(100)) {
    if (server.exitCode !== null) throw new Error(`The product ended with ${server.exitCode} before it was ready.`)
    const health = await fetch(`${url}/health`).catch(() => undefined)
    if (health?.ok) return
  }
  throw new Error(`The product was not ready at ${url} within ${readyMs / 1000} s.`)
}

/** Each worker has a server, a demo world and an example app of its own: specs of two workers never meet. */
export const test = base.extend<object, { world: World; settings: Readonly<Record<string, string>> }>({
  /** Settings of the server by their variables, for specs that need more than the usual. */
  settings: [{}, { scope: 'worker', option: true }],
  world: [
    async ({ settings }, use) => {
      const [port, examplePort] = [await freePort(), await freePort()]
      const server = spawn(process.execPath, ['e2e/serve.mjs', String(port)], {
        // It ends when this pipe does, however the worker ends.
        stdio: ['pipe', 'inherit', 'inherit'],
        env: { ...process.env, GROUNDLEVEL_EXAMPLE_PORT: String(examplePort), ...settings },
      })
      const ended = once(server, 'exit')
      const url = `http://127.0.0.1:${port}`
      try {
        await ready(url, server)
        await use({ url, example: `http://127.0.0.1:${examplePort}` })
      } finally {
        server.stdin?.end()
        await ended
      }
    },
    { scope: 'worker', timeout: 2 * readyMs },
  ],
  baseURL: ({ world }, use) => use(world.url),
})

export type { Page } from '@playwright/test'
export { expect } from '@playwright/test'
