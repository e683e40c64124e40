import type { Migration } from '../migrate.js'

/** What users are told of appointments, and addresses that calendar programs read (decision 0044). */
export const noticesAndFeeds: Migration = {
  id: '0031-notices-and-feeds',
  sql: `
create table "userNotices" (
  "locationId" text not null references locations,
  "userId" text not null,
  id text not null,
  title text not null,
  body text not null,
  "appointmentId" text,
  "contactId" text,
  "dateAdded" timestamptz(3) not null,
  "readAt" timestamptz(3),
  primary key ("locationId", "userId", id),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "user_notices_newest" on "userNotices" ("locationId", "userId", "dateAdded" desc, id desc);
create index "user_notices_unread" on "userNotices" ("locationId", "userId") where "readAt" is null;
create index "user_notices_contact" on "userNotices" ("locationId", "contactId") where "contactId" is not null;

-- To people who are no contacts: what is sent to a contact is a message of a conversation.
create table "staffMessages" (
  "locationId" text not null references locations,
  id text not null,
  channel text not null,
  "to" text not null,
  "from" text,
  subject text not null,
  body text not null,
  status text not null,
  error text,
  attempts int not null,
  "dueAt" timestamptz(3) not null,
  "contactId" text,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", id),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "staff_messages_newest" on "staffMessages" ("locationId", "dateAdded" desc, id desc);
create index "staff_messages_due" on "staffMessages" ("dueAt") where status = 'pending';
create index "staff_messages_contact" on "staffMessages" ("locationId", "contactId") where "contactId" is not null;

create table "calendarFeeds" (
  "locationId" text not null references locations,
  id text not null,
  "calendarId" text,
  "userId" text,
  "secretHash" bytea not null,
  "createdBy" text,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", id),
  foreign key ("locationId", "calendarId") references calendars ("locationId", id) on delete cascade
);
-- An address names no sub-account.
create unique index "calendar_feeds_secret" on "calendarFeeds" ("secretHash");
`,
}
