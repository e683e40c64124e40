import type { Migration } from '../migrate.js'

export const contacts: Migration = {
  id: '0006-contacts',
  sql: `
create table contacts (
  "locationId" text not null references locations,
  id text not null,
  "firstName" text,
  "lastName" text,
  email text,
  phone text,
  timezone text,
  "companyName" text,
  gender text,
  dnd boolean not null,
  "dndSettings" jsonb,
  "inboundDndSettings" jsonb,
  type text not null,
  source text,
  "assignedTo" text,
  address1 text,
  city text,
  state text,
  country text,
  "postalCode" text,
  website text,
  tags text[] not null,
  "dateOfBirth" text,
  "customFields" jsonb not null,
  "businessId" text,
  followers text[] not null,
  "additionalEmails" jsonb not null,
  "createdBy" jsonb not null,
  "lastUpdatedBy" jsonb,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  "firstNameLowerCase" text generated always as (lower("firstName")) stored,
  "lastNameLowerCase" text generated always as (lower("lastName")) stored,
  "contactName" text generated always as (nullif(btrim(coalesce("firstName", '') || ' ' || coalesce("lastName", '')), '')) stored,
  -- What a text search of three letters and more looks through.
  "searchText" text generated always as (
    lower(coalesce("firstName", '') || ' ' || coalesce("lastName", '') || ' ' || coalesce(email, '') || ' ' ||
          coalesce(phone, '') || ' ' || coalesce("companyName", ''))
  ) stored,
  primary key ("locationId", id)
);
create index "contacts_newest" on contacts ("locationId", "dateAdded" desc, id desc);
create index "contacts_updated" on contacts ("locationId", "dateUpdated" desc, id desc);
create index "contacts_email" on contacts ("locationId", email text_pattern_ops) where email is not null;
create index "contacts_phone" on contacts ("locationId", phone text_pattern_ops) where phone is not null;
create index "contacts_first_name" on contacts ("locationId", "firstNameLowerCase" text_pattern_ops);
create index "contacts_last_name" on contacts ("locationId", "lastNameLowerCase" text_pattern_ops);
create index "contacts_tags" on contacts using gin ("locationId", tags);
create index "contacts_text" on contacts using gin ("locationId", "searchText" gin_trgm_ops);

-- Totals without counting: each change adds a row, a job folds them. No row is hot.
create table "contactCounts" (
  "locationId" text not null,
  seq bigint generated always as identity,
  delta int not null,
  primary key ("locationId", seq)
);

create table "contactNotes" (
  "locationId" text not null,
  "contactId" text not null,
  id text not null,
  body text not null,
  "userId" text,
  title text,
  color text,
  pinned boolean not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", "contactId", id),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "notes_newest" on "contactNotes" ("locationId", "contactId", "dateAdded" desc, id);
`,
}
