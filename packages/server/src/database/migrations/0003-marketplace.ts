import type { Migration } from '../migrate.js'

export const marketplace: Migration = {
  id: '0003-marketplace',
  sql: `
create table apps (
  id text primary key,
  "developerId" text not null references developers,
  name citext not null,
  "appType" text not null check ("appType" in ('public', 'private')),
  "listingType" text not null check ("listingType" in ('standard', 'white-label')),
  "targetUser" text not null check ("targetUser" in ('company', 'location')),
  "whoCanInstall" text not null check ("whoCanInstall" in ('both', 'agency')),
  "bulkInstall" boolean not null,
  "allowLocationInstall" boolean not null,
  tagline text not null,
  description text not null,
  categories text[] not null,
  "companyName" text not null,
  website text not null,
  "supportEmail" text not null,
  "supportPhone" text not null,
  logo text not null,
  "redirectUris" text[] not null,
  "webhookUrl" text not null,
  "requirePkce" boolean not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  -- What was installed once keeps its row, so that the log can still say what it was; the name is free again.
  "deletedAt" timestamptz(3)
);
create unique index "apps_one_name" on apps (name) where "deletedAt" is null;
create index on apps ("developerId", "dateAdded" desc);
create index on apps ("appType", name) where "deletedAt" is null;

create table "appVersions" (
  id text primary key,
  "appId" text not null references apps on delete cascade,
  version text not null,
  state text not null check (state in ('draft', 'review', 'live', 'deprecated')),
  scopes text[] not null,
  "dateAdded" timestamptz(3) not null,
  unique ("appId", version)
);
create unique index on "appVersions" ("appId") where state = 'live';

-- One row for each event a developer has switched off or sent elsewhere; no row means on, at the default URL.
create table "appEvents" (
  "appId" text not null references apps on delete cascade,
  type text not null,
  "on" boolean not null,
  url text not null,
  primary key ("appId", type)
);

create table "clientKeys" (
  id text primary key,
  "appId" text not null references apps on delete cascade,
  name text not null,
  "clientId" text not null unique,
  "secretHash" bytea not null,
  "secretHint" text not null,
  "dateAdded" timestamptz(3) not null,
  "lastUsedAt" timestamptz(3),
  "expiresAt" timestamptz(3)
);
create index on "clientKeys" ("appId", "dateAdded");

-- agency: the whole company, its tokens are exchanged for any sub-account. bulk: an agency's choice of sub-accounts,
-- with one row of kind location for each. location: one sub-account.
create table installs (
  id text primary key,
  "appId" text not null references apps,
  "versionId" text not null references "appVersions",
  kind text not null check (kind in ('agency', 'bulk', 'location')),
  "companyId" text not null references companies,
  "locationId" text references locations,
  "bulkId" text references installs,
  "userId" text not null,
  state text not null check (state in ('waiting', 'connected')),
  scopes text[] not null,
  "approveAllLocations" boolean not null default false,
  "installToFutureLocations" boolean not null default false,
  "dateAdded" timestamptz(3) not null,
  "connectedAt" timestamptz(3),
  "uninstalledAt" timestamptz(3),
  check ((kind = 'location') = ("locationId" is not null))
);
create unique index "installs_one_company" on installs ("appId", "companyId") where "uninstalledAt" is null and kind <> 'location';
create unique index "installs_one_location" on installs ("appId", "locationId") where "uninstalledAt" is null and kind = 'location';
create index "installs_by_company" on installs ("companyId", "dateAdded" desc) where "uninstalledAt" is null;
create index "installs_by_location" on installs ("locationId") where "uninstalledAt" is null and kind = 'location';
create index on installs ("appId", "dateAdded" desc);
create index on installs ("bulkId") where "bulkId" is not null;
`,
}
