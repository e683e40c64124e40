import { createServer } from 'node:net'
import { defineConfig, devices } from '@playwright/test'
import { chromiumPath } from './tools/chromium.js'

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })

// This file is loaded again in every worker: the first load chooses the port, the others find it.
process.env.GROUNDLEVEL_E2E_PORT ??= String(await freePort())
process.env.GROUNDLEVEL_EXAMPLE_PORT ??= String(await freePort())
const url = `http://127.0.0.1:${process.env.GROUNDLEVEL_E2E_PORT}`
const executablePath = chromiumPath()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One server, one demo world, one example: specs take turns.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  timeout: 60_000,
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    ...(executablePath ? { launchOptions: { executablePath } } : {}),
  },
  webServer: {
    command: `node e2e/serve.mjs ${process.env.GROUNDLEVEL_E2E_PORT}`,
    url: `${url}/health`,
    timeout: 60_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
})
