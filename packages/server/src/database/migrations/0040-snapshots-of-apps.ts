import type { Migration } from '../migrate.js'

/** Snapshots that apps bring to where they are installed (decision 0051). */
export const appSnapshots: Migration = {
  id: '0040-snapshots-of-apps',
  sql: `
create table "appSnapshots" (
  "appId" text not null primary key references apps on delete cascade,
  "shareId" text not null,
  "dateAdded" timestamptz(3) not null
);

-- An agency has one copy of what an app brings.
alter table snapshots add column "shareId" text;
create unique index "snapshots_share" on snapshots ("companyId", "shareId") where "shareId" is not null;
`,
}
