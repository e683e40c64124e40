import { describe, expect, test } from 'vitest'
import { planTags } from './bulk.rules.js'
import { isTimezone, tidyTags, toBirthDate, toChange } from './contacts.rules.js'
import { dndByChannel, mergeDnd, sameDnd } from './dnd.rules.js'

describe('a day of birth', () => {
  test.each([
    '1990/09/05',
    '09/05/1990',
    '1990-09-05',
    '09-05-1990',
    '1990.09.05',
    '09.05.1990',
    '1990_09_05',
    '09_05_1990',
    '1990-09-05T00:00:00.000Z',
  ])('is read from %s', (text) => expect(toBirthDate(text)).toBe('1990-09-05T00:00:00.000Z'))

  test.each(['1990-13-01', '02/30/1990', '1990/09-05', '5 Sep 1990', '0', ''])('is not read from %j', (text) =>
    expect(toBirthDate(text)).toBeUndefined(),
  )
})

test('tags are kept in lower case, once each, without blanks', () => {
  expect(tidyTags([' VIP ', 'vip', '', 'New York'])).toEqual(['vip', 'new york'])
})

test('a time zone is one that the tz database knows, old names included', () => {
  for (const name of ['America/New_York', 'Asia/Calcutta', 'UTC', 'Etc/GMT+12']) expect(isTimezone(name), name).toBe(true)
  for (const name of ['Mars/Olympus', '+05:30', '', 'America']) expect(isTimezone(name), name).toBe(false)
  expect(() => toChange({ timezone: 'Mars/Olympus' }, null)).toThrow('timezone must be')
})

describe('do-not-disturb', () => {
  test('is set channel by channel, under the names of either version', () => {
    const before = { SMS: { status: 'active' as const }, Email: { status: 'inactive' as const } }
    const after = mergeDnd(before, dndByChannel({ email: { status: 'permanent' }, Call: { status: 'active' } }))
    expect(after).toEqual({ SMS: { status: 'active' }, Email: { status: 'permanent' }, Call: { status: 'active' } })
  })

  test('has not changed when every channel says the same, in whatever order', () => {
    const a = { SMS: { status: 'active' as const, message: 'x', code: '1' } }
    expect(sameDnd(a, { SMS: { code: '1', message: 'x', status: 'active' } })).toBe(true)
    expect(sameDnd(a, { SMS: { status: 'active', message: 'y', code: '1' } })).toBe(false)
    expect(sameDnd(null, a)).toBe(false)
  })
})

test('a bulk change of tags tells of every id that was sent, and writes only what changes', () => {
  const known = [
    { id: 'a'.repeat(20), tags: ['one'] },
    { id: 'b'.repeat(20), tags: ['one', 'two'] },
  ]
  const ids = ['a'.repeat(20), 'b'.repeat(20), 'nope', 'c'.repeat(20)]
  const { responses, changes } = planTags(ids, known, { kind: 'add', tags: ['Two'] })
  expect(responses.map(({ type, message }) => `${type}: ${message}`)).toEqual([
    'success: Tags updated',
    'success: Tags updated',
    'error: contact id is not a valid firebase id',
    'error: contact does not belong to location',
  ])
  expect(responses[0]).toMatchObject({ oldTags: ['one'], tagsAdded: ['two'], tagsRemoved: [] })
  expect(changes).toEqual([{ id: 'a'.repeat(20), tags: ['one', 'two'] }])
})

test('no way in takes a text that the indexes do not', () => {
  const long = 'x'.repeat(2001)
  for (const field of ['firstName', 'city', 'website', 'companyName', 'source', 'email', 'phone'])
    expect(() => toChange({ [field]: long }, null)).toThrow(expect.objectContaining({ status: 422 }))
  expect(toChange({ city: 'x'.repeat(200) }, null).city).toHaveLength(200)
})
