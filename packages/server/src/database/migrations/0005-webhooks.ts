import type { Migration } from '../migrate.js'

export const webhooks: Migration = {
  id: '0005-webhooks',
  sql: `
-- The outbox: written in the transaction of the change that it tells of. The payload is kept here once.
create table events (
  id uuid primary key,
  seq bigint generated always as identity,
  type text not null,
  "companyId" text not null,
  "locationId" text,
  -- Set where the event is for one app only (INSTALL, UNINSTALL, a test event).
  "appId" text,
  "installId" text,
  test boolean not null default false,
  payload text not null,
  "traceId" text,
  "dateAdded" timestamptz(3) not null,
  "fannedOutAt" timestamptz(3)
);
create index "events_waiting" on events (seq) where "fannedOutAt" is null;
create index on events ("locationId", "dateAdded" desc);
create index on events ("traceId");

create table deliveries (
  id uuid primary key,
  "eventId" uuid not null references events on delete cascade,
  "appId" text not null,
  "versionId" text not null,
  "installId" text,
  type text not null,
  "companyId" text not null,
  "locationId" text,
  url text not null,
  "webhookId" uuid not null,
  state text not null check (state in ('waiting', 'succeeded', 'dead', 'cancelled')),
  attempts int not null default 0,
  "lastStatus" int,
  "lastError" text,
  "runAt" timestamptz(3) not null,
  "leaseUntil" timestamptz(3),
  "leaseOwner" text,
  "traceId" text,
  "dateAdded" timestamptz(3) not null,
  "finishedAt" timestamptz(3),
  unique ("eventId", "appId", url)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
create index "deliveries_due" on deliveries ("runAt", id) where state = 'waiting';
create index on deliveries ("appId", "dateAdded" desc);
create index on deliveries ("traceId");
create index on deliveries ("installId") where state = 'waiting';

create table attempts (
  id uuid primary key,
  "deliveryId" uuid not null references deliveries on delete cascade,
  number int not null,
  "startedAt" timestamptz(3) not null,
  "durationMs" real not null,
  status int,
  "errorClass" text not null,
  error text not null,
  "requestHeaders" jsonb not null,
  "requestBody" text not null,
  "responseHeaders" jsonb not null,
  "responseBody" text
);
create index on attempts ("deliveryId", number);
`,
}
