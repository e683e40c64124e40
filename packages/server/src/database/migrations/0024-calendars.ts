import type { Migration } from '../migrate.js'

/** Calendars, what is booked in them, and what that takes up (decision 0038). */
export const calendars: Migration = {
  id: '0024-calendars',
  sql: `
create table "calendarGroups" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  description text not null,
  slug text not null,
  "isActive" boolean not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "calendar_groups_slug" on "calendarGroups" ("locationId", lower(slug));

create table calendars (
  "locationId" text not null references locations,
  id text not null,
  "groupId" text,
  name text not null,
  "calendarType" text not null,
  "isActive" boolean not null,
  slug text,
  -- Everything else that is said of a calendar, by the wire's names.
  settings jsonb not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "calendars_slug" on calendars ("locationId", lower(slug)) where slug is not null;
-- A booking page knows no sub-account.
create unique index "calendars_id" on calendars (id);

create table "calendarSchedules" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  rules jsonb not null,
  timezone text not null,
  "userId" text not null,
  "calendarIds" text[] not null,
  deleted boolean not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "calendar_schedules_user" on "calendarSchedules" ("locationId", "userId", "dateAdded");

create table "calendarResources" (
  "locationId" text not null references locations,
  id text not null,
  "resourceType" text not null,
  name text not null,
  description text,
  quantity int,
  "outOfService" int,
  capacity int,
  "isActive" boolean not null,
  "calendarIds" text[] not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", id)
);

create table "calendarNotifications" (
  "locationId" text not null,
  "calendarId" text not null,
  id text not null,
  settings jsonb not null,
  "isActive" boolean not null,
  deleted boolean not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", "calendarId", id),
  foreign key ("locationId", "calendarId") references calendars ("locationId", id) on delete cascade
);

-- Appointments, and times that are blocked.
create table "calendarEvents" (
  "locationId" text not null references locations,
  id text not null,
  kind text not null,
  "calendarId" text,
  "contactId" text,
  title text not null,
  status text not null,
  "assignedUserId" text,
  users text[] not null,
  address text,
  description text,
  notes text,
  "meetingLocationType" text,
  "meetingLocationId" text,
  "assignedResources" text[] not null,
  rrule text,
  "masterEventId" text,
  source text not null,
  "createdBy" text,
  "toNotify" boolean not null,
  "startAt" timestamptz(3) not null,
  "endAt" timestamptz(3) not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id),
  foreign key ("locationId", "calendarId") references calendars ("locationId", id) on delete cascade,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "calendar_events_calendar" on "calendarEvents" ("locationId", "calendarId", "startAt");
create index "calendar_events_user" on "calendarEvents" ("locationId", "assignedUserId", "startAt");
create index "calendar_events_users" on "calendarEvents" using gin ("locationId", users);
create index "calendar_events_contact" on "calendarEvents" ("locationId", "contactId", "startAt") where "contactId" is not null;

-- Whom and what an event takes up, its buffers included: a user, a calendar, a room. What is cancelled takes up nothing.
create table "calendarHolds" (
  "locationId" text not null,
  "holderId" text not null,
  "eventId" text not null,
  "calendarId" text,
  blocked boolean not null,
  "startAt" timestamptz(3) not null,
  "fromAt" timestamptz(3) not null,
  "toAt" timestamptz(3) not null,
  primary key ("locationId", "holderId", "eventId"),
  foreign key ("locationId", "eventId") references "calendarEvents" ("locationId", id) on delete cascade
);
create index "calendar_holds_time" on "calendarHolds" ("locationId", "holderId", "toAt");
create index "calendar_holds_event" on "calendarHolds" ("locationId", "eventId");

create table "appointmentNotes" (
  "locationId" text not null,
  "appointmentId" text not null,
  id text not null,
  body text not null,
  "userId" text,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", "appointmentId", id),
  foreign key ("locationId", "appointmentId") references "calendarEvents" ("locationId", id) on delete cascade
);

-- What is still to be said of an appointment, and when.
create table "appointmentReminders" (
  "locationId" text not null,
  "eventId" text not null,
  "notificationId" text not null,
  part int not null,
  "dueAt" timestamptz(3) not null,
  primary key ("locationId", "eventId", "notificationId", part),
  foreign key ("locationId", "eventId") references "calendarEvents" ("locationId", id) on delete cascade
);
create index "appointment_reminders_due" on "appointmentReminders" ("dueAt");
`,
}
