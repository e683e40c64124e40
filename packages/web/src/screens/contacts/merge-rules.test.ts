import { expect, test } from 'vitest'
import { mergeLines } from './merge-rules.js'
import type { Contact, CustomField } from './words.js'

const contact = (values: Partial<Contact>) => ({ tags: [], dnd: false, customFields: [], ...values }) as unknown as Contact

test('the contact that stays keeps its own values, takes what it lacks, and lists are joined', () => {
  const kept = contact({ firstName: 'Ada', email: 'ada@mail.example', tags: ['a'] })
  const merged = contact({
    firstName: 'A.',
    lastName: 'Byron',
    phone: '+15550100',
    tags: ['a', 'b'],
    customFields: [{ id: 'f', value: 7 }],
    dndSettings: { SMS: { status: 'active' }, Email: { status: 'inactive' } },
  })
  const fields = [{ id: 'f', name: 'Budget' }] as unknown as CustomField[]
  expect(mergeLines(kept, merged, fields)).toEqual([
    { label: 'Name', kept: 'Ada', merged: 'A. Byron', from: 'kept' },
    { label: 'E-mail', kept: 'ada@mail.example', merged: '', from: 'kept' },
    { label: 'Phone', kept: '', merged: '+15550100', from: 'merged' },
    { label: 'Budget', kept: '', merged: '7', from: 'merged' },
    { label: 'Tags', kept: 'a', merged: 'a, b', from: 'both' },
    { label: 'Do not disturb', kept: '', merged: 'SMS', from: 'both' },
  ])
})
