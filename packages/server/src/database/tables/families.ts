interface BusinessesTable {
  locationId: string
  id: string
  name: string
  phone: string | null
  email: string | null
  website: string | null
  address: string | null
  city: string | null
  description: string | null
  state: string | null
  postalCode: string | null
  country: string | null
  createdBy: unknown
  updatedBy: unknown
  createdAt: Date
  updatedAt: Date
}

/** Tables of the families that hang on contacts. */
export interface FamiliesTables {
  businesses: BusinessesTable
}
