import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests run on sources: a package's name means its src/index.ts, and nothing has to be built first. */
const packages = fileURLToPath(new URL('./packages', import.meta.url))
const alias = [
  { find: /^@groundlevel\/(contract-kit|contracts|app-kit|server)$/, replacement: `${packages}/$1/src/index.ts` },
  { find: /^@groundlevel\/app-kit\/(node|express|fastify)$/, replacement: `${packages}/app-kit/src/$1.ts` },
]

/** Only these start PostgreSQL; a run over the others is a matter of milliseconds. */
const onDatabase = ['packages/{server,app-kit,cli}/src/**/*.test.ts', 'examples/*/src/**/*.test.ts', 'conformance/**/*.test.ts']

/** A process that has loaded the server goes on to the next file: nothing is read at import, so nothing of a file stays behind. */
const shared = {
  environment: 'node',
  pool: 'forks',
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 30_000,
  teardownTimeout: 20_000,
} as const

const long = /\/(fuzz|isolation|usage-cases)\.test\.ts$/

/** What takes minutes begins first: at the end one worker would go on alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    const first = sorted.filter(({ moduleId }) => long.test(moduleId))
    return [...first, ...sorted.filter((file) => !first.includes(file))]
  }
}

export default defineConfig({
  test: {
    // Of two cores too the second one works: files wait for PostgreSQL half of their time.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
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
