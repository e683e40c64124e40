import { describe, expect, it } from 'vitest'
import { instancesOf } from './recurrence.rules.js'

const start = Date.parse('2031-03-01T15:00:00Z')
const count = (rule: string) => instancesOf(rule, start, 'America/New_York').length

describe('Series of appointments', () => {
  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=WEEKLY;BYSETPOS=366;BYDAY=MO',
    'FREQ=YEARLY;BYWEEKNO=60',
    'FREQ=DAILY;INTERVAL=0',
  ])('a rule that never comes round is soon known to: %s', (rule) => {
    expect(count(rule)).toBe(1)
  })

  it.each(['FREQ=DAILY;INTERVAL=-1', 'FREQ=DAILY;INTERVAL=0.5', 'FREQ=DAILY;FREQ=SECONDLY', 'FREQ=DAILY;INTERVAL=99999999999'])(
    'a rule that would never end is refused: %s',
    (rule) => {
      expect(() => count(rule)).toThrow(expect.objectContaining({ status: 422 }))
    },
  )

  it('a rule without an end comes round a hundred times, or for some forty years', () => {
    expect(count('FREQ=DAILY')).toBe(100)
    expect(count('FREQ=MONTHLY;BYDAY=5FR')).toBe(100)
    expect(count('FREQ=YEARLY')).toBeGreaterThan(39)
    expect(count('FREQ=YEARLY;INTERVAL=9999')).toBe(1)
  })
})
