import type { Migration } from '../migrate.js'

/** Whose birthday it is: once a day for each workflow that asks, among all contacts of a sub-account. */
export const workflowReminders: Migration = {
  id: '0042-workflow-reminders',
  sql: `
create index "contacts_birthdays" on contacts ("locationId", substr("dateOfBirth", 6, 5), id) where "dateOfBirth" is not null;
`,
}
