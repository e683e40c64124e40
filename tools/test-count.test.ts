import { expect, test } from 'vitest'
import { countPlaywright, countVitest, settle, sum } from './test-count.js'

test('tests of both runners are counted', () => {
  const vitest = countVitest({ numPassedTests: 7, numFailedTests: 1 })
  const playwright = countPlaywright({ stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 5 } })
  expect(sum([vitest, playwright])).toEqual({ passed: 11, failed: 3 })
})

test('a runner that crashed is a failure, though it reports none', () => {
  expect(settle(countVitest(undefined), 1)).toEqual({ passed: 0, failed: 1 })
  expect(settle({ passed: 4, failed: 0 }, 1)).toEqual({ passed: 4, failed: 1 })
})

test('a failed test is not counted twice because the runner says so too', () => {
  expect(settle({ passed: 4, failed: 2 }, 1)).toEqual({ passed: 4, failed: 2 })
})
