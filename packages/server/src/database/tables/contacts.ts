import type { Generated, GeneratedAlways } from 'kysely'

interface ContactsTable {
  locationId: string
  id: string
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  timezone: string | null
  companyName: string | null
  gender: string | null
  dnd: boolean
  dndSettings: unknown
  inboundDndSettings: unknown
  type: string
  source: string | null
  assignedTo: string | null
  address1: string | null
  city: string | null
  state: string | null
  country: string | null
  postalCode: string | null
  website: string | null
  tags: string[]
  dateOfBirth: string | null
  customFields: unknown
  businessId: string | null
  followers: string[]
  additionalEmails: unknown
  createdBy: unknown
  lastUpdatedBy: unknown
  attributionSource: unknown
  lastAttributionSource: unknown
  lastActivity: Generated<Date | null>
  dateAdded: Date
  dateUpdated: Date
  firstNameLowerCase: GeneratedAlways<string | null>
  lastNameLowerCase: GeneratedAlways<string | null>
  contactName: GeneratedAlways<string | null>
  searchText: GeneratedAlways<string | null>
}

interface ContactCountsTable {
  locationId: string
  seq: GeneratedAlways<number>
  delta: number
}

interface ContactNotesTable {
  locationId: string
  contactId: string
  id: string
  body: string
  userId: string | null
  title: string | null
  color: string | null
  pinned: boolean
  dateAdded: Date
}

interface ContactFieldValuesTable {
  locationId: string
  contactId: string
  fieldId: string
  position: number
  optionId: string | null
  num: number | null
  text: string | null
  at: Date | null
}

interface ContactImportsTable {
  locationId: string
  id: string
  status: 'uploading' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  fileName: string
  bytes: number
  bytesRead: number
  mapping: unknown
  onDuplicate: 'create' | 'update' | 'skip'
  dryRun: boolean
  tags: string[]
  rowsRead: number
  created: number
  updated: number
  skipped: number
  refused: number
  error: string | null
  author: unknown
  companyId: string
  traceId: string | null
  dateAdded: Date
  dateUpdated: Date
  finishedAt: Date | null
}

interface ContactImportChunksTable {
  locationId: string
  importId: string
  seq: number
  bytes: Buffer
}

interface ContactImportErrorsTable {
  locationId: string
  importId: string
  row: number
  reason: string
  cells: string[]
}

export interface ContactsTables {
  contactImports: ContactImportsTable
  contactImportChunks: ContactImportChunksTable
  contactImportErrors: ContactImportErrorsTable
  contacts: ContactsTable
  contactCounts: ContactCountsTable
  contactNotes: ContactNotesTable
  contactFieldValues: ContactFieldValuesTable
}
