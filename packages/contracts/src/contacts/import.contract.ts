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

const gigabyte = 1_073_741_824

export const csv = contacts.resource(
  'csv',
  '/_ground/contacts',
  {
    import: POST('/import', {
      id: 'import-contacts',
      summary:
        'Take in a CSV file of contacts: its first line names the columns; answers at once, the rows follow in the background',
      tenant: 'query',
      extension: true,
      query,
      files: { most: 1, bytes: gigabyte },
      body: t.Object({
        /** JSON object of column to field: names as a contact has them, `contact.<key>` or id of a custom field, '' for neither. */
        mapping: t.Optional(t.String({ maxLength: 60_000 })),
        onDuplicate: t.Default(t.Enum(['create', 'update', 'skip']), 'update'),
        dryRun: t.Default(t.Boolean(), false),
        /** Comma list: tags for every contact of the file. */
        tags: t.Optional(t.String({ maxLength: 2000 })),
      }),
      status: 201,
      reply: One,
      emits: [],
    }),
    export: GET('/export', {
      id: 'export-contacts',
      summary: 'All contacts as CSV, custom fields included; answers text/csv',
      tenant: 'query',
      extension: true,
      query,
      reply: t.Unknown(),
    }),
  },
  { reaches: 'all' },
)

export const imports = contacts.resource(
  'imports',
  '/_ground/contacts/imports',
  {
    list: GET('', {
      ...here,
      id: 'list-contact-imports',
      summary: 'Imports of contacts, newest first',
      query: t.Object({ locationId: t.String(), ...limitSkipQuery(20) }),
      reply: t.Object({ imports: t.Array(t.Row(ContactImport)) }),
      page: limitSkip('imports', 20),
    }),
    get: GET('/:importId', { ...here, id: 'get-contact-import', summary: 'One import and how far it is', reply: One }),
    errors: GET('/:importId/errors', {
      ...here,
      id: 'get-contact-import-errors',
      summary: 'Rows that were refused, as CSV with their reason; answers text/csv',
      reply: t.Unknown(),
    }),
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
  },
  { reaches: 'all' },
)
