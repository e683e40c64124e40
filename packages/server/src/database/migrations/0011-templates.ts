import type { Migration } from '../migrate.js'

export const templates: Migration = {
  id: '0011-templates',
  sql: `
create table "messageTemplates" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  type text not null check (type in ('sms', 'email', 'whatsapp')),
  body text,
  subject text,
  html text,
  "urlAttachments" text[] not null,
  deleted boolean not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "messageTemplates_newest" on "messageTemplates" ("locationId", deleted, "dateAdded" desc, id);

create table "emailTemplates" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  "templateType" text not null,
  version text not null,
  "parentId" text,
  "updatedBy" text not null,
  "isPlainText" boolean not null,
  archived boolean not null,
  subject text,
  "previewText" text,
  html text,
  dnd jsonb,
  -- Addresses below the public one, which may change.
  "previewPath" text,
  "dataPath" text,
  "dateAdded" timestamptz(3) not null,
  "lastUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "emailTemplates_newest" on "emailTemplates" ("locationId", archived, "dateAdded" desc, id);
create index "emailTemplates_in_folder" on "emailTemplates" ("locationId", "parentId");

create table "emailSchedules" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  status text not null,
  "emailStatus" text not null,
  "campaignType" text not null,
  "parentId" text not null,
  "repeatAfter" text not null,
  "sendDays" text[] not null,
  "templateId" text not null,
  "templateType" text not null,
  "isPlainText" boolean not null,
  archived boolean not null,
  deleted boolean not null,
  "hasTracking" boolean not null,
  "hasUtmTracking" boolean not null,
  "enableResendToUnopened" boolean not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "emailSchedules_newest" on "emailSchedules" ("locationId", archived, "createdAt" desc, id);
`,
}
