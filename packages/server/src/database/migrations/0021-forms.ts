import type { Migration } from '../migrate.js'

export const forms: Migration = {
  id: '0021-forms',
  sql: `
-- Forms and surveys. The id is unique everywhere: whoever opens the public page has nothing else.
-- json, not jsonb: answers and questions keep their order and go out as they came.
create table forms (
  "locationId" text not null references locations on delete cascade,
  id text not null unique,
  kind text not null check (kind in ('form', 'survey')),
  name text not null,
  fields json not null,
  settings json not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "forms_newest" on forms ("locationId", kind, "dateAdded" desc, id desc);

create table "formSubmissions" (
  "locationId" text not null,
  -- Drawn with the page, so that a page that is sent twice is one submission.
  id uuid not null,
  "formId" text not null,
  kind text not null,
  "contactId" text,
  name text,
  email text,
  phone text,
  others json not null,
  "createdAt" timestamptz(3) not null,
  "searchText" text generated always as (
    lower(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce("contactId", ''))
  ) stored,
  primary key ("locationId", id),
  foreign key ("locationId", "formId") references forms ("locationId", id) on delete cascade,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete set null ("contactId")
);
create index "submissions_newest" on "formSubmissions" ("locationId", kind, "createdAt" desc, id desc);
create index "submissions_of_form" on "formSubmissions" ("locationId", "formId", "createdAt" desc, id desc);
create index "submissions_of_contact" on "formSubmissions" ("locationId", "contactId") where "contactId" is not null;
create index "submissions_text" on "formSubmissions" using gin ("locationId", "searchText" gin_trgm_ops);
`,
}
