import type { Migration } from '../migrate.js'

/** Snapshots belong to an agency: a column `locationId` would take them along with the sub-account that they were taken of. */
export const snapshots: Migration = {
  id: '0027-snapshots',
  sql: `
create table snapshots (
  "companyId" text not null references companies on delete cascade,
  id text not null primary key,
  name text not null,
  type text not null,
  "sourceLocationId" text,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null
);
create index snapshots_newest on snapshots ("companyId", "dateAdded" desc, id);

create table "snapshotAssets" (
  "snapshotId" text not null references snapshots on delete cascade,
  kind text not null,
  key text not null,
  "assetId" text not null,
  name text not null,
  data jsonb not null,
  "changedAt" timestamptz(3),
  primary key ("snapshotId", kind, key)
);

create table "snapshotShares" (
  "companyId" text not null references companies on delete cascade,
  id text not null primary key,
  "snapshotId" text not null references snapshots on delete cascade,
  "shareType" text not null,
  "relationshipNumbers" text[] not null,
  "locationIds" text[] not null,
  "dateAdded" timestamptz(3) not null
);

create table "snapshotPushes" (
  "companyId" text not null references companies on delete cascade,
  "locationId" text not null references locations on delete cascade,
  id text not null primary key,
  "snapshotId" text not null references snapshots on delete cascade,
  status text not null,
  override boolean not null,
  completed text[] not null,
  pending text[] not null,
  -- Which id of the snapshot is which id of the sub-account, for what refers to something else.
  ids jsonb not null,
  problem text,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null
);
create index "snapshotPushes_newest" on "snapshotPushes" ("snapshotId", "dateAdded" desc, id desc);
create index "snapshotPushes_location" on "snapshotPushes" ("locationId", "snapshotId", "dateAdded" desc);
create index "snapshotPushes_due" on "snapshotPushes" ("dateAdded") where status in ('pending', 'processing');
`,
}
