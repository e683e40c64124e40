import type { Migration } from '../migrate.js'

/** Refunds that a provider has not answered for yet, and how often an appointment was changed (decision 0051). */
export const refunds: Migration = {
  id: '0039-refunds',
  sql: `
create table refunds (
  "locationId" text not null,
  _id text not null,
  "transactionId" text not null,
  currency text not null,
  digits smallint not null,
  "amountMinor" bigint not null check ("amountMinor" > 0),
  status text not null,
  message text,
  "createdBy" text,
  -- When the provider is asked what has become of it; null where that is known, or asked no more.
  "askAt" timestamptz(3),
  tries int not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id),
  foreign key ("locationId", "transactionId") references transactions ("locationId", _id) on delete cascade
);
create index refunds_transaction on refunds ("locationId", "transactionId", "createdAt");
create index refunds_due on refunds ("askAt") where "askAt" is not null;

alter table "calendarEvents" add column sequence int not null default 0;
`,
}
