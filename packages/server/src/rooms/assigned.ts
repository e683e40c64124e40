import type { AssignedRecords } from '../assigned.js'
import { calendarRecords } from '../crm/calendars/index.js'
import { contactRecords } from '../crm/contacts/index.js'
import { talkRecords } from '../crm/conversations/index.js'
import { submissionRecords } from '../crm/forms/index.js'
import { paymentRecords } from '../crm/payments/index.js'
import { taskRecords } from '../crm/tasks/index.js'
import { enrolmentRecords } from '../crm/workflows/index.js'

/** Whose each kind of records is that contracts name in `reaches`, by the room that keeps it. */
export const assignedRecords: AssignedRecords = {
  ...contactRecords,
  ...taskRecords,
  ...talkRecords,
  ...calendarRecords,
  ...submissionRecords,
  ...enrolmentRecords,
  ...paymentRecords,
}
