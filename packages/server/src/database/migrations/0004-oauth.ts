import type { Migration } from '../migrate.js'

export const oauth: Migration = {
  id: '0004-oauth',
  sql: `
-- Private halves are sealed by GROUNDLEVEL_SECRET; the public ones are published.
create table "signingKeys" (
  id text primary key,
  use text not null check (use in ('access', 'webhook')),
  algorithm text not null check (algorithm in ('ES256', 'Ed25519', 'RSA-SHA256')),
  "publicKeyPem" text not null,
  "sealedPrivateKey" bytea not null,
  "dateAdded" timestamptz(3) not null,
  "retiredAt" timestamptz(3)
);

create table interactions (
  id text primary key,
  "browserHash" bytea not null,
  "appId" text not null references apps on delete cascade,
  "versionId" text not null references "appVersions" on delete cascade,
  "clientId" text not null,
  "redirectUri" text not null,
  "redirectUriGiven" boolean not null,
  scopes text[] not null,
  state text,
  "codeChallenge" text,
  "accountId" text,
  "csrfHash" bytea,
  "dateAdded" timestamptz(3) not null,
  "expiresAt" timestamptz(3) not null,
  "decidedAt" timestamptz(3)
);
create index on interactions ("expiresAt");

-- Everything that came of one consent, or of one exchange for a location: revoked as one.
create table "tokenFamilies" (
  id text primary key,
  "appId" text not null references apps,
  "versionId" text not null,
  "clientId" text not null,
  "installId" text not null references installs,
  "companyId" text not null,
  "locationId" text,
  "userId" text not null,
  scopes text[] not null,
  "dateAdded" timestamptz(3) not null,
  "skewMs" bigint not null default 0,
  "revokedAt" timestamptz(3),
  "revokedBecause" text
);
create index on "tokenFamilies" ("installId") where "revokedAt" is null;
create index on "tokenFamilies" ("clientId") where "revokedAt" is null;
create index on "tokenFamilies" ("appId", "dateAdded" desc);

create table "authorizationCodes" (
  "codeHash" bytea primary key,
  "appId" text not null,
  "versionId" text not null,
  "clientId" text not null,
  "installId" text not null references installs,
  "companyId" text not null,
  "locationId" text,
  "userId" text not null,
  scopes text[] not null,
  "redirectUri" text not null,
  "codeChallenge" text,
  "dateAdded" timestamptz(3) not null,
  "expiresAt" timestamptz(3) not null,
  "usedAt" timestamptz(3),
  "familyId" text
);
create index on "authorizationCodes" ("expiresAt");
create index on "authorizationCodes" ("installId") where "usedAt" is null;

create table "refreshTokens" (
  "tokenHash" bytea primary key,
  id text not null,
  "familyId" text not null references "tokenFamilies" on delete cascade,
  "dateAdded" timestamptz(3) not null,
  "expiresAt" timestamptz(3) not null,
  "usedAt" timestamptz(3),
  -- The reply of its first use, sealed with a key that only the holder of the old token can derive.
  replay bytea
);
create index on "refreshTokens" ("familyId");
create index on "refreshTokens" ("expiresAt");

create table "privateTokens" (
  id text primary key,
  "tokenHash" bytea not null unique,
  name text not null,
  "companyId" text not null references companies,
  "locationId" text references locations,
  "userId" text,
  scopes text[] not null,
  hint text not null,
  "dateAdded" timestamptz(3) not null,
  "lastUsedAt" timestamptz(3),
  "revokedAt" timestamptz(3)
);
create index on "privateTokens" ("companyId", "locationId");
`,
}
