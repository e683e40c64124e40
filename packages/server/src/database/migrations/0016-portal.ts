import type { Migration } from '../migrate.js'

export const portal: Migration = {
  id: '0016-portal',
  sql: `
-- The person behind a call that our own pages make to the API.
alter table "requestLog" add column "accountId" text;

-- What a person keeps of a list: filters, sort and columns, under a name; in each sub-account their own.
create table "savedViews" (
  "accountId" text not null references accounts on delete cascade,
  "locationId" text not null references locations on delete cascade,
  id text not null,
  kind text not null,
  name text not null,
  definition jsonb not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("accountId", "locationId", id)
);
create unique index "savedViews_name_key" on "savedViews" ("accountId", "locationId", kind, lower(name));
create index on "savedViews" ("locationId");
`,
}
