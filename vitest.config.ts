import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests run on sources: a package's name means its src/index.ts, and nothing has to be built first. */
const packages = fileURLToPath(new URL('./packages', import.meta.url))
const alias = [
  { find: /^@groundlevel\/(contract-kit|contracts|app-kit|server)$/, replacement: `${packages}/$1/src/index.ts` },
  { find: /^@groundlevel\/app-kit\/(node|express|fastify)$/, replacement: `${packages}/app-kit/src/$1.ts` },
]

/** Only these start PostgreSQL; a run over the others is a matter of milliseconds. */
const onDatabase = ['packages/{server,app-kit,cli}/src/**/*.test.ts', 'examples/*/src/**/*.test.ts', 'conformance/**/*.test.ts']

const shared = { environment: 'node', pool: 'forks', testTimeout: 20_000, hookTimeout: 30_000, teardownTimeout: 20_000 } as const

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { ...shared, name: 'database', include: onDatabase, globalSetup: 'packages/server/src/testing/global-setup.ts' },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          name: 'plain',
          include: ['packages/**/src/**/*.test.{ts,tsx}', 'tools/**/*.test.*'],
          exclude: ['**/node_modules/**', '**/dist/**', ...onDatabase],
        },
      },
    ],
  },
})
