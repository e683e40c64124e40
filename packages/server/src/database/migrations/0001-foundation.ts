import type { Migration } from '../migrate.js'

/** Extensions, and the one function that writes a date the way the wire has it. */
export const foundation: Migration = {
  id: '0001-foundation',
  sql: `
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists citext;

create function iso(at timestamptz) returns text language sql immutable parallel safe strict
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- What must survive a restart and belongs to the installation as a whole: audience of its tokens, offset of the clock.
create table installation (
  name text primary key,
  value text not null
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  act text not null,
  "accountId" text,
  "appId" text,
  "companyId" text,
  "locationId" text,
  "traceId" text,
  ip text,
  detail jsonb not null default '{}'
);
create index on audit ("companyId", at desc);
create index on audit ("appId", at desc);
`,
}
