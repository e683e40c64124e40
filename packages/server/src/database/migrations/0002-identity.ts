import type { Migration } from '../migrate.js'

export const identity: Migration = {
  id: '0002-identity',
  sql: `
create table accounts (
  id text primary key,
  email citext not null unique,
  name text not null,
  "passwordHash" text not null,
  "dateAdded" timestamptz(3) not null
);

create table sessions (
  "tokenHash" bytea primary key,
  "accountId" text not null references accounts on delete cascade,
  "dateAdded" timestamptz(3) not null,
  "expiresAt" timestamptz(3) not null
);
create index on sessions ("accountId");
create index on sessions ("expiresAt");

create table developers (
  id text primary key,
  name text not null,
  "dateAdded" timestamptz(3) not null
);

create table "developerMembers" (
  "developerId" text not null references developers on delete cascade,
  "accountId" text not null references accounts on delete cascade,
  role text not null check (role in ('owner', 'admin', 'user')),
  primary key ("developerId", "accountId")
);
create index on "developerMembers" ("accountId");

create table companies (
  id text primary key,
  name text not null,
  email text,
  phone text,
  website text,
  timezone text,
  "isWhitelabel" boolean not null default false,
  "whitelabelDomain" text,
  "logoUrl" text,
  "dateAdded" timestamptz(3) not null
);

create table locations (
  id text primary key,
  "companyId" text not null references companies,
  name text not null,
  phone text,
  email text,
  address text,
  city text,
  state text,
  country text,
  "postalCode" text,
  website text,
  timezone text,
  status text not null default 'active' check (status in ('active', 'paused')),
  settings jsonb not null,
  social jsonb not null default '{}',
  "dateAdded" timestamptz(3) not null
);
create index on locations ("companyId", name, id);
create index on locations using gin (lower(name || ' ' || coalesce(city, '') || ' ' || coalesce(email, '')) gin_trgm_ops);

create table users (
  id text primary key,
  "companyId" text not null references companies,
  "accountId" text references accounts on delete set null,
  "firstName" text not null,
  "lastName" text not null,
  email citext not null,
  phone text,
  extension text,
  type text not null check (type in ('agency', 'account')),
  role text not null check (role in ('admin', 'user')),
  "isOwner" boolean not null default false,
  permissions jsonb not null default '{}',
  scopes text[] not null default '{}',
  deleted boolean not null default false,
  "dateAdded" timestamptz(3) not null,
  unique ("companyId", email)
);
create index on users ("accountId");
create index on users ("companyId", "dateAdded", id);

create table "userLocations" (
  "userId" text not null references users on delete cascade,
  "locationId" text not null references locations on delete cascade,
  primary key ("userId", "locationId")
);
create index on "userLocations" ("locationId");
`,
}
