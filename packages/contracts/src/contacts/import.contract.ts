import { GET, limitSkip, limitSkipQuery, POST, t } from '@groundlevel/contract-kit'
import { contacts } from './module.js'

export const ContactImport = t.Object({
  id: t.String(),
  locationId: t.String(),
  status: t.Enum(['uploading', 'waiting', 'running', 'done', 'failed', 'cancelled']),
  fileName: t.String(),
  bytes: t.Integer(),
  /** How far the file is read, for a bar of progress. */
  bytesRead: t.Integer(),
  /** Column to field; '' leaves a column out. */
  mapping: t.Open(),
  onDuplicate: t.Enum(['create', 'update', 'skip']),
  dryRun: t.Boolean(),
  tags: t.Array(t.String()),
  rowsRead: t.Integer(),
  created: t.Integer(),
  updated: t.Integer(),
  skipped: t.Integer(),
  refused: t.Integer(),
  /** Why the file as a whole could not be read. */
  error: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  finishedAt: t.Optional(t.DateTime()),
})

const One = t.Object({ import: ContactImport })
const query = t.Object({ locationId: t.String() })
const here = { tenant: 'query', extension: true, query } as const

export const imports = contacts.resource('imports', '/_ground/contacts/imports', {
  list: GET('', {
    ...here,
    id: 'list-contact-imports',
    summary: 'Imports of contacts, newest first',
    query: t.Object({ locationId: t.String(), ...limitSkipQuery(20) }),
    reply: t.Object({ imports: t.Array(t.Row(ContactImport)) }),
    page: limitSkip('imports', 20),
  }),
  get: GET('/:importId', { ...here, id: 'get-contact-import', summary: 'One import and how far it is', reply: One }),
  start: POST('/:importId/start', {
    ...here,
    id: 'start-contact-import',
    summary: 'Run in earnest what was only tried',
    reply: One,
  }),
  cancel: POST('/:importId/cancel', {
    ...here,
    id: 'cancel-contact-import',
    summary: 'End an import where it is; what it has written stays',
    reply: One,
  }),
})
