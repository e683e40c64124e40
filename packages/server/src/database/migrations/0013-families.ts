import type { Migration } from '../migrate.js'

export const families: Migration = {
  id: '0013-families',
  sql: `
-- Every tag that a contact of the location has or had, in lower case.
create table "locationTags" (
  "locationId" text not null references locations on delete cascade,
  id text not null,
  name text not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "tags_name" on "locationTags" ("locationId", name);

create table "recurringTasks" (
  "locationId" text not null references locations on delete cascade,
  id text not null,
  title text not null,
  description text not null,
  "contactIds" text[] not null,
  owners text[] not null,
  "rruleOptions" jsonb not null,
  -- How often it came round, when last, and when next; null once the series has ended.
  "totalOccurrence" int not null,
  "lastAt" timestamptz(3),
  "nextAt" timestamptz(3),
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "recurring_tasks_due" on "recurringTasks" ("nextAt") where "nextAt" is not null;

create table "contactTasks" (
  "locationId" text not null references locations on delete cascade,
  id text not null,
  "contactId" text,
  title text not null,
  body text,
  "assignedTo" text,
  "dueDate" timestamptz(3),
  completed boolean not null,
  "recurringTaskId" text,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  "searchText" text generated always as (lower(title || ' ' || coalesce(body, ''))) stored,
  primary key ("locationId", id),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade,
  foreign key ("locationId", "recurringTaskId") references "recurringTasks" ("locationId", id) on delete set null ("recurringTaskId")
);
create index "tasks_newest" on "contactTasks" ("locationId", "dateAdded" desc, id desc);
create index "tasks_open" on "contactTasks" ("locationId", "dateAdded" desc, id desc) where not completed;
create index "tasks_contact" on "contactTasks" ("locationId", "contactId", "dateAdded" desc, id desc);
create index "tasks_assigned" on "contactTasks" ("locationId", "assignedTo", "dateAdded" desc, id desc) where "assignedTo" is not null;
create index "tasks_recurring" on "contactTasks" ("locationId", "recurringTaskId") where "recurringTaskId" is not null;
create index "tasks_prefix" on "contactTasks" ("locationId", left("searchText", 64) text_pattern_ops);
create index "tasks_text" on "contactTasks" using gin ("locationId", "searchText" gin_trgm_ops);

create table links (
  "locationId" text not null references locations on delete cascade,
  id text not null unique,
  name text not null,
  "redirectTo" text not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "links_newest" on links ("locationId", "dateAdded" desc, id desc);

create table "linkClicks" (
  "locationId" text not null,
  id text not null,
  "linkId" text not null,
  "contactId" text,
  "clickedAt" timestamptz(3) not null,
  "userAgent" text not null,
  "ipHash" text not null,
  primary key ("locationId", id),
  foreign key ("locationId", "linkId") references links ("locationId", id) on delete cascade,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete set null ("contactId")
);
create index "clicks_of_link" on "linkClicks" ("locationId", "linkId", "clickedAt" desc, id desc);
create index "clicks_of_contact" on "linkClicks" ("locationId", "contactId", "clickedAt" desc, id desc) where "contactId" is not null;

create table campaigns (
  "locationId" text not null references locations on delete cascade,
  id text not null,
  name text not null,
  status text not null check (status in ('draft', 'published')),
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "campaigns_newest" on campaigns ("locationId", "dateAdded" desc, id desc);

create table "campaignEnrolments" (
  "locationId" text not null,
  "campaignId" text not null,
  "contactId" text not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", "campaignId", "contactId"),
  foreign key ("locationId", "campaignId") references campaigns ("locationId", id) on delete cascade,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "enrolments_of_contact" on "campaignEnrolments" ("locationId", "contactId");
`,
}
