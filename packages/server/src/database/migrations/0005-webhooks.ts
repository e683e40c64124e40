import type { Migration } from '../migrate.js'

export const webhooks: Migration = {
  id: '0005-webhooks',
  sql: `
-- The outbox: written in the transaction of the change that it tells of. The payload is kept here once, as the database
-- made it; what leaves the server is the delivery's body.
create table events (
  id uuid primary key,
  seq bigint generated always as identity,
  type text not null,
  -- Null for a test event of an app that nobody has installed yet.
  "companyId" text,
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
create index on events ("dateAdded");
create index on events ("traceId");

create table deliveries (
  id uuid primary key,
  "eventId" uuid not null references events on delete cascade,
  "appId" text not null,
  "versionId" text not null,
  "installId" text,
  type text not null,
  test boolean not null,
  "companyId" text,
  "locationId" text,
  url text not null,
  "webhookId" uuid not null,
  -- The exact bytes of every attempt: what was promised at fan-out cannot change between two of them.
  body text not null,
  state text not null check (state in ('waiting', 'succeeded', 'dead', 'cancelled')),
  -- A person asked for this try: when it fails no cycle of retries begins.
  manual boolean not null default false,
  attempts int not null default 0,
  "lastStatus" int,
  "lastError" text,
  "lastDurationMs" real,
  "runAt" timestamptz(3) not null,
  "leaseUntil" timestamptz(3),
  "leaseOwner" text,
  "traceId" text,
  -- The event's own, so that one index lists events and deliveries of an app in the order in which they happened.
  "dateAdded" timestamptz(3) not null,
  "finishedAt" timestamptz(3),
  unique ("eventId", "appId", url)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
-- First attempts and retries are claimed apart: a backlog of retries never delays what is new.
create index "deliveries_first" on deliveries ("runAt", id) where state = 'waiting' and attempts = 0;
create index "deliveries_again" on deliveries ("runAt", id) where state = 'waiting' and attempts > 0;
-- The same by URL, for when some URLs have all the requests that they may have and their backlog must be stepped over.
create index "deliveries_first_by_url" on deliveries (url, "runAt", id) where state = 'waiting' and attempts = 0;
create index "deliveries_again_by_url" on deliveries (url, "runAt", id) where state = 'waiting' and attempts > 0;
create index "deliveries_leased" on deliveries ("leaseOwner") where "leaseOwner" is not null;
create index "deliveries_by_app" on deliveries ("appId", "dateAdded" desc, id desc);
create index "deliveries_by_app_event" on deliveries ("appId", "dateAdded" desc, "eventId" desc);
create index on deliveries ("traceId");
create index on deliveries ("installId") where state = 'waiting';

-- Why an installed app was not sent an event that concerned it.
create table "eventSkips" (
  "eventId" uuid not null references events on delete cascade,
  "appId" text not null,
  "dateAdded" timestamptz(3) not null,
  why text not null,
  primary key ("eventId", "appId")
);
create index "event_skips_by_app" on "eventSkips" ("appId", "dateAdded" desc, "eventId" desc);

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
  "responseHeaders" jsonb not null,
  "responseBody" text
);
create index on attempts ("deliveryId", number);
`,
}
