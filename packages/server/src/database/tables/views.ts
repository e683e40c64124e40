interface SavedViewsTable {
  accountId: string
  locationId: string
  id: string
  kind: string
  name: string
  definition: unknown
  dateAdded: Date
  dateUpdated: Date
}

export interface ViewsTables {
  savedViews: SavedViewsTable
}
