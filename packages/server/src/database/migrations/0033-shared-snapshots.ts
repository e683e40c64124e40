import type { Migration } from '../migrate.js'

/** Share links are redeemed, and a push replaces what is there of some families only (decision 0046). */
export const sharedSnapshots: Migration = {
  id: '0033-shared-snapshots',
  sql: `
alter table "snapshotShares" add "timesUsed" int not null default 0;
create index "snapshotShares_newest" on "snapshotShares" ("companyId", "snapshotId", "dateAdded" desc);
alter table "snapshotPushes" add "overrideKinds" text[] not null default '{}';
create index "snapshots_source" on snapshots ("companyId", "sourceLocationId", "dateAdded" desc, id);
`,
}
