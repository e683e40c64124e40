/** How many tests passed and failed. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

const number = (value: unknown) => (typeof value === 'number' ? value : 0)

/** Out of Vitest's JSON report. */
export const countVitest = (report: unknown): Count => {
  const { numPassedTests, numFailedTests } = (report ?? {}) as Record<string, unknown>
  return { passed: number(numPassedTests), failed: number(numFailedTests) }
}

/** Out of Playwright's JSON report. A flaky test has passed, though not at once. */
export const countPlaywright = (report: unknown): Count => {
  const { stats = {} } = (report ?? {}) as { stats?: Record<string, unknown> }
  return { passed: number(stats.expected) + number(stats.flaky), failed: number(stats.unexpected) }
}

/** A runner that failed without a failed test (it crashed, a file did not load) counts as one failure. */
export const settle = ({ passed, failed }: Count, status: number): Count => ({
  passed,
  failed: status === 0 ? failed : Math.max(failed, 1),
})

export const sum = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
})
