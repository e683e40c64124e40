import type { Migration } from '../migrate.js'

export const businesses: Migration = {
  id: '0012-businesses',
  sql: `
create table businesses (
  "locationId" text not null references locations on delete cascade,
  id text not null,
  name text not null,
  phone text,
  email text,
  website text,
  address text,
  city text,
  description text,
  state text,
  "postalCode" text,
  country text,
  "createdBy" jsonb not null,
  "updatedBy" jsonb,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "businesses_newest" on businesses ("locationId", "createdAt" desc, id desc);
-- Contacts of a business, newest first.
create index "contacts_business" on contacts ("locationId", "businessId", "dateAdded" desc, id desc) where "businessId" is not null;
`,
}
