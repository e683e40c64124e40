import type { Migration } from '../migrate.js'

export const customFields: Migration = {
  id: '0010-custom-fields',
  sql: `
create table "customFields" (
  "locationId" text not null references locations,
  id text not null,
  "objectKey" text not null,
  "documentType" text not null check ("documentType" in ('field', 'folder')),
  name text not null,
  "fieldKey" text not null,
  "dataType" text check (("dataType" is null) = ("documentType" = 'folder')),
  "parentId" text not null,
  position double precision not null,
  description text,
  placeholder text not null,
  options jsonb not null,
  "acceptedFormats" text[] not null,
  "isMultipleFile" boolean not null,
  "maxFileLimit" int,
  "allowCustomOption" boolean not null,
  "showInForms" boolean not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "customFields_key" on "customFields" ("locationId", "fieldKey", "documentType");
create index "customFields_in_order" on "customFields" ("locationId", "objectKey", position, "dateAdded", id);

-- Fields that are gone and whose values are being taken off the records, a batch at a time.
create table "customFieldRemovals" (
  "locationId" text not null references locations,
  "fieldId" text not null,
  "objectKey" text not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", "fieldId")
);

create table "customValues" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  key text not null,
  value text not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "customValues_key" on "customValues" ("locationId", key);

-- What is known of a stored file; its bytes are in the blob store.
create table blobs (
  id text primary key,
  "locationId" text not null references locations,
  "recordId" text,
  name text not null,
  "contentType" text not null,
  size bigint not null,
  sha256 text not null,
  "dateAdded" timestamptz(3) not null
);
create index "blobs_of_record" on blobs ("locationId", "recordId");
`,
}
