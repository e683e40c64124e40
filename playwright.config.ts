import { defineConfig, devices } from '@playwright/test'
import { chromiumPath } from './tools/chromium.js'

const executablePath = chromiumPath()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Each has a server of its own: see e2e/world.ts.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  timeout: 240_000,
  // A machine that does something else meanwhile takes its time.
  expect: { timeout: 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    actionTimeout: 20_000,
    // Recording every step takes a third of the time; `--trace on` does it where a failure is looked into.
    trace: 'off',
    screenshot: 'only-on-failure',
    ...(executablePath ? { launchOptions: { executablePath } } : {}),
  },
})
