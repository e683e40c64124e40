import type { Generated } from 'kysely'

interface UserNoticesTable {
  locationId: string
  userId: string
  id: string
  title: string
  body: string
  appointmentId: string | null
  contactId: string | null
  opportunityId: string | null
  dateAdded: Date
  readAt: Date | null
}

interface StaffMessagesTable {
  locationId: string
  id: string
  channel: string
  to: string
  from: string | null
  subject: string
  body: string
  status: string
  error: string | null
  attempts: number
  dueAt: Date
  leaseUntil: Generated<Date | null>
  leaseOwner: Generated<string | null>
  contactId: string | null
  dateAdded: Date
}

/** Tables of crm/notices. */
export interface NoticesTables {
  userNotices: UserNoticesTable
  staffMessages: StaffMessagesTable
}
