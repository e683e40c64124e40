import type { DataType } from '@groundlevel/contracts'

interface CustomFieldsTable {
  locationId: string
  id: string
  objectKey: string
  documentType: 'field' | 'folder'
  name: string
  fieldKey: string
  dataType: DataType | null
  parentId: string
  position: number
  description: string | null
  placeholder: string
  options: unknown
  acceptedFormats: string[]
  isMultipleFile: boolean
  maxFileLimit: number | null
  allowCustomOption: boolean
  showInForms: boolean
  dateAdded: Date
  dateUpdated: Date
}

interface CustomFieldRemovalsTable {
  locationId: string
  fieldId: string
  objectKey: string
  dateAdded: Date
}

interface CustomValuesTable {
  locationId: string
  id: string
  name: string
  key: string
  value: string
  dateAdded: Date
  dateUpdated: Date
}

interface StrayBytesTable {
  id: string
  uploadedAt: Date | null
}

interface BlobsTable {
  id: string
  locationId: string
  recordId: string | null
  name: string
  contentType: string
  size: number
  sha256: string
  dateAdded: Date
}

export interface CustomFieldsTables {
  customFields: CustomFieldsTable
  customFieldRemovals: CustomFieldRemovalsTable
  customValues: CustomValuesTable
  blobs: BlobsTable
  strayBytes: StrayBytesTable
}
