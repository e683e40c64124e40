import type { GeneratedAlways } from 'kysely'

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

interface LocationTagsTable {
  locationId: string
  id: string
  name: string
  dateAdded: Date
}

interface RecurringTasksTable {
  locationId: string
  id: string
  title: string
  description: string
  contactIds: string[]
  owners: string[]
  rruleOptions: unknown
  totalOccurrence: number
  lastAt: Date | null
  nextAt: Date | null
  createdAt: Date
  updatedAt: Date
}

interface ContactTasksTable {
  locationId: string
  id: string
  contactId: string | null
  title: string
  body: string | null
  assignedTo: string | null
  dueDate: Date | null
  completed: boolean
  recurringTaskId: string | null
  dateAdded: Date
  dateUpdated: Date
  searchText: GeneratedAlways<string>
}

interface LinksTable {
  locationId: string
  id: string
  name: string
  redirectTo: string
  dateAdded: Date
  dateUpdated: Date
}

interface LinkClicksTable {
  locationId: string
  id: string
  linkId: string
  contactId: string | null
  clickedAt: Date
  userAgent: string
  ipHash: string
}

interface CampaignsTable {
  locationId: string
  id: string
  name: string
  status: string
  dateAdded: Date
  dateUpdated: Date
}

interface CampaignEnrolmentsTable {
  locationId: string
  campaignId: string
  contactId: string
  dateAdded: Date
}

/** Tables of the families that hang on contacts. */
export interface FamiliesTables {
  businesses: BusinessesTable
  locationTags: LocationTagsTable
  recurringTasks: RecurringTasksTable
  contactTasks: ContactTasksTable
  links: LinksTable
  linkClicks: LinkClicksTable
  campaigns: CampaignsTable
  campaignEnrolments: CampaignEnrolmentsTable
}
