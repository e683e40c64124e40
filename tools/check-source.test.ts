import { describe, expect, test } from 'vitest'
import { findingsIn, withoutComments } from './check-source.js'

const server = 'packages/server/src'

describe('what a pattern can check', () => {
  test.each([
    ['the time read outside the clock', `${server}/oauth/token/exchange.ts`, 'const at = Date.now()', 'one clock'],
    ['a date made of the moment', `${server}/crm/contacts/contacts.handlers.ts`, 'dateAdded: new Date()', 'one clock'],
    [
      'the environment read in a room',
      `${server}/http/mount.ts`,
      'if (process.env.DEBUG) say()',
      'one reader of the environment',
    ],
    ['SQL now() in a query', `${server}/oauth/token/token.sql.ts`, 'sql`where expires > now()`', 'no time of the database'],
    [
      'a default of a migration',
      `${server}/database/migrations/0001-x.ts`,
      'default CURRENT_TIMESTAMP',
      'no time of the database',
    ],
    ['a lease outside delivery', `${server}/timeline/timeline.sql.ts`, 'sql`clock_timestamp()`', 'leases alone use real time'],
    ['a rule that waits', `${server}/crm/contacts/contacts.rules.ts`, 'export const merge = async () => 1', 'rules do not wait'],
    ['a file called helpers', `${server}/http/helpers.ts`, 'export const a = 1', 'no room without a name'],
    ["another room's table", `${server}/oauth/consent/consent.sql.ts`, "db.selectFrom('locations')", 'a table has one owner'],
    [
      "another room's table in a join",
      `${server}/webhooks/fanout/x.sql.ts`,
      ".innerJoin('installs as i', 'a', 'b')",
      'a table has one owner',
    ],
  ])('%s is found', (_, path, text, rule) => {
    expect(findingsIn(path, text).map((finding) => finding.rule)).toEqual([rule])
  })

  test.each([
    ['the clock itself', `${server}/lab/clock.ts`, 'new Date(Date.now() + offset)'],
    ['a given moment', `${server}/oauth/token/exchange.ts`, 'new Date(row.expiresAt)'],
    ['a comment about it', `${server}/http/mount.ts`, '// never Date.now(), never process.env\nexport const a = 1'],
    ['a lease in delivery', `${server}/webhooks/delivery/claim.sql.ts`, 'sql`clock_timestamp()`'],
    ["a room's own table", `${server}/marketplace/installs/installs.sql.ts`, "db.selectFrom('installs')"],
    ['a test that measures', `${server}/database/pool.test.ts`, 'const began = Date.now()'],
  ])('%s is allowed', (_, path, text) => {
    expect(findingsIn(path, text)).toEqual([])
  })

  test('a finding names the line, comments above it included', () => {
    expect(findingsIn(`${server}/http/mount.ts`, '/* a\n b */\nDate.now()')[0]?.line).toBe(3)
  })

  test('an address in a string is not taken for a comment', () => {
    expect(withoutComments("const a = 'http://127.0.0.1' // b")).toContain("'http://127.0.0.1'")
  })

  test('a file past the limit fails, a test of that length does not', () => {
    const long = 'const a = 1\n'.repeat(401)
    expect(findingsIn(`${server}/http/mount.ts`, long)).toHaveLength(1)
    expect(findingsIn(`${server}/http/mount.test.ts`, long)).toEqual([])
  })
})
