import type { Migration } from '../migrate.js'

export const timeline: Migration = {
  id: '0007-timeline',
  sql: `
-- One row a request, written in batches; whole days are dropped at the end of their retention. Days are made ahead; a row
-- of any other day (a lab clock far off) falls into the default partition, so that no write ever fails for want of one.
create table "requestLog" (
  id uuid not null,
  at timestamptz(3) not null,
  "traceId" text not null,
  operation text,
  method text not null,
  path text not null,
  status int not null,
  "durationMs" real not null,
  "appId" text,
  "companyId" text,
  "locationId" text,
  "familyId" text,
  why text not null,
  "requestHeaders" jsonb not null,
  "requestBody" text,
  "responseBody" text,
  ip text,
  -- Not (at, id): a list would walk it through every other app's rows wherever the planner takes an app for a frequent one.
  primary key (id, at)
) partition by range (at);
create index on "requestLog" ("appId", at desc, id desc);
create index on "requestLog" ("traceId");
create table "requestLog_default" partition of "requestLog" default;

-- Issue, refresh, reuse, revoke and the rest: what happened to tokens and installs, for the same timeline.
create table "tokenLog" (
  id uuid not null,
  at timestamptz(3) not null,
  "traceId" text,
  act text not null,
  kind text not null check (kind in ('token', 'install')),
  "appId" text,
  "companyId" text,
  "locationId" text,
  "familyId" text,
  "installId" text,
  ok boolean not null,
  why text not null,
  primary key (id, at)
) partition by range (at);
create index on "tokenLog" ("appId", at desc, id desc);
create index on "tokenLog" ("traceId");
create table "tokenLog_default" partition of "tokenLog" default;

create table "idempotencyKeys" (
  "ownerKey" text not null,
  key text not null,
  "requestHash" bytea not null,
  status int,
  body text,
  "dateAdded" timestamptz(3) not null,
  primary key ("ownerKey", key)
);
create index on "idempotencyKeys" ("dateAdded");
`,
}
