import type { Migration } from '../migrate.js'

export const protection: Migration = {
  id: '0015-protection',
  sql: `
-- An ended install and its log outlive the sub-account that they were for.
alter table installs drop constraint "installs_locationId_fkey";

-- People whose traces are being removed from outbox, deliveries and logs. What is looked for is kept only until that is done.
create table erasures (
  id text primary key,
  "companyId" text not null,
  "locationId" text not null,
  "contactId" text not null,
  terms text[] not null,
  "dateAdded" timestamptz(3) not null,
  "finishedAt" timestamptz(3)
);
create index "erasures_waiting" on erasures ("dateAdded") where "finishedAt" is null;
create index on erasures ("locationId", "contactId");
`,
}
