interface ErasuresTable {
  id: string
  companyId: string
  locationId: string
  contactId: string
  terms: string[]
  dateAdded: Date
  finishedAt: Date | null
}

export interface ProtectionTables {
  erasures: ErasuresTable
}
