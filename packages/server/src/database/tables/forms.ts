import type { GeneratedAlways } from 'kysely'

interface FormsTable {
  locationId: string
  id: string
  kind: 'form' | 'survey'
  name: string
  fields: unknown
  settings: unknown
  dateAdded: Date
  dateUpdated: Date
}

interface FormSubmissionsTable {
  locationId: string
  id: string
  formId: string
  kind: 'form' | 'survey'
  contactId: string | null
  name: string | null
  email: string | null
  phone: string | null
  others: unknown
  createdAt: Date
  searchText: GeneratedAlways<string>
}

export interface FormsTables {
  forms: FormsTable
  formSubmissions: FormSubmissionsTable
}
