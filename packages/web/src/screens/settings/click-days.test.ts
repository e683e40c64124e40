import { expect, test } from 'vitest'
import { clicksByContact, clicksByDay } from './click-days.js'

const noon = new Date(2026, 10, 22, 12).getTime()
const at = (days: number) => new Date(noon - days * 86_400_000).toISOString()

test('every one of the last days is there, with its clicks or none', () => {
  const days = clicksByDay([at(0), at(0), at(2), at(30)], noon, 3)
  expect(days.map(({ date, clicks }) => [date, clicks])).toEqual([
    ['2026-11-20', 1],
    ['2026-11-21', 0],
    ['2026-11-22', 2],
  ])
})

test('who clicked most comes first, with the last click; unknown people are one row', () => {
  const clicks = [
    { contactId: 'b', clickedAt: '3' },
    { clickedAt: '2' },
    { contactId: 'b', clickedAt: '1' },
    { contactId: null, clickedAt: '0' },
    { contactId: 'b', clickedAt: '0' },
  ]
  expect(clicksByContact(clicks)).toEqual([
    { contactId: 'b', clicks: 3, lastAt: '3' },
    { contactId: '', clicks: 2, lastAt: '2' },
  ])
})
