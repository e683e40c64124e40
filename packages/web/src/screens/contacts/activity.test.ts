import { expect, test } from 'vitest'
import { happenings } from './activity.js'
import type { Contact } from './words.js'

const author = (source: string, timestamp: string) => ({ source, channel: 'APP', sourceId: 'u1', timestamp })
const contact = {
  dateAdded: '2026-01-01T00:00:00.000Z',
  createdBy: author('INTEGRATION', '2026-01-01T00:00:00.000Z'),
  lastUpdatedBy: author('WEB_USER', '2026-01-05T00:00:00.000Z'),
} as unknown as Contact

test('what happened is told newest first, with who did it', () => {
  const told = happenings({
    contact,
    nameOfUser: () => 'Uma Ray',
    notes: [{ id: 'n1', bodyText: 'Called', userId: null, dateAdded: '2026-01-02T00:00:00.000Z' }],
    tasks: [
      {
        id: 't1',
        title: 'Ring',
        completed: true,
        dateAdded: '2026-01-03T00:00:00.000Z',
        dateUpdated: '2026-01-04T00:00:00.000Z',
      },
    ],
    clicks: [{ id: 'c1', name: 'Offer', at: '2026-01-06T00:00:00.000Z' }],
  })
  expect(told.map(({ what, detail }) => `${what}: ${detail}`)).toEqual([
    'Link clicked: Offer',
    'Last changed: by Uma Ray',
    'Task done: Ring',
    'Task added: Ring',
    'Note by an app: Called',
    'Contact created: by an app',
  ])
})
