import type { Migration } from '../migrate.js'

/** Mails leave each for itself, and what came in without a Message-ID is known again (decision 0050). */
export const mailLeases: Migration = {
  id: '0037-mail-leases',
  sql: `
alter table "messageSends" add "leaseUntil" timestamptz, add "leaseOwner" text;
create index "sends_leased" on "messageSends" ("leaseOwner") where "leaseOwner" is not null;
alter table "staffMessages" add "leaseUntil" timestamptz, add "leaseOwner" text;
create index "staff_messages_leased" on "staffMessages" ("leaseOwner") where "leaseOwner" is not null;

-- Bytes and envelope of mails that have no Message-ID, for as long as a mail server may bring one again.
create table "receivedMails" (
  "locationId" text not null references locations,
  digest bytea not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", digest)
);
create index "received_mails_old" on "receivedMails" ("dateAdded");
`,
}
