import type { Migration } from '../migrate.js'

export const contactsInDepth: Migration = {
  id: '0008-contacts-in-depth',
  sql: `
alter table contacts add "attributionSource" jsonb, add "lastAttributionSource" jsonb;

-- A file of contacts on its way in: what was asked for, and how far it has come. A batch of rows and this row change in one
-- transaction, so that an import which a crash interrupted goes on where it was.
create table "contactImports" (
  "locationId" text not null references locations on delete cascade,
  id text not null,
  status text not null check (status in ('uploading', 'waiting', 'running', 'done', 'failed', 'cancelled')),
  "fileName" text not null,
  bytes bigint not null,
  "bytesRead" bigint not null,
  mapping jsonb not null,
  "onDuplicate" text not null check ("onDuplicate" in ('create', 'update', 'skip')),
  "dryRun" boolean not null,
  tags text[] not null,
  "rowsRead" int not null,
  created int not null,
  updated int not null,
  skipped int not null,
  refused int not null,
  error text,
  author jsonb not null,
  "companyId" text not null,
  "traceId" text,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  "finishedAt" timestamptz(3),
  primary key ("locationId", id)
);
create index "imports_newest" on "contactImports" ("locationId", "dateAdded" desc, id desc);
create index "imports_open" on "contactImports" ("dateAdded", id) where status in ('waiting', 'running');

create table "contactImportChunks" (
  "locationId" text not null,
  "importId" text not null,
  seq int not null,
  bytes bytea not null,
  primary key ("locationId", "importId", seq),
  foreign key ("locationId", "importId") references "contactImports" ("locationId", id) on delete cascade
);
-- Files are mostly unlike each other inside: packing them again gains little and costs the import.
alter table "contactImportChunks" alter bytes set storage external;

create table "contactImportErrors" (
  "locationId" text not null,
  "importId" text not null,
  row int not null,
  reason text not null,
  cells text[] not null,
  primary key ("locationId", "importId", row),
  foreign key ("locationId", "importId") references "contactImports" ("locationId", id) on delete cascade
);
`,
}
