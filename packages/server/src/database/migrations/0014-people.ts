import type { Migration } from '../migrate.js'

export const people: Migration = {
  id: '0014-people',
  sql: `
alter table users
  add column "profilePhoto" text,
  add column "platformLanguage" text,
  add column "twilioPhone" jsonb not null default '{}',
  add column "scopesAssignedToOnly" text[] not null default '{}';

-- Every flag is stored, so that a reader never has to know what holds where nothing was said.
update users set permissions = (
  select jsonb_object_agg(name, true) from unnest(array[
  'campaignsEnabled', 'contactsEnabled', 'workflowsEnabled', 'triggersEnabled', 'funnelsEnabled',
  'opportunitiesEnabled', 'dashboardStatsEnabled', 'bulkRequestsEnabled', 'appointmentsEnabled', 'reviewsEnabled',
  'onlineListingsEnabled', 'phoneCallEnabled', 'conversationsEnabled', 'settingsEnabled', 'tagsEnabled',
  'leadValueEnabled', 'marketingEnabled', 'agentReportingEnabled', 'socialPlanner', 'bloggingEnabled',
  'invoiceEnabled', 'affiliateManagerEnabled', 'contentAiEnabled', 'refundsEnabled', 'recordPaymentEnabled',
  'cancelSubscriptionEnabled', 'paymentsEnabled', 'communitiesEnabled', 'exportPaymentsEnabled']) as name
) || (
  select jsonb_object_agg(name, false) from unnest(array[
  'campaignsReadOnly', 'workflowsReadOnly', 'websitesEnabled', 'assignedDataOnly', 'adwordsReportingEnabled',
  'membershipEnabled', 'facebookAdsReportingEnabled', 'attributionsReportingEnabled', 'botService']) as name
) || permissions;

-- An address is free again once its user has been deleted.
alter table users drop constraint "users_companyId_email_key";
create unique index "users_one_email" on users ("companyId", email) where not deleted;
create index "users_text" on users using gin
  ("companyId", lower("firstName" || ' ' || "lastName" || ' ' || email::text || ' ' || coalesce(phone, '')) gin_trgm_ops);

-- deleted: nobody sees it any more, its data is being removed in the background, the row goes last.
alter table locations
  add column domain text,
  add column "logoUrl" text,
  add column "firstName" text,
  add column "lastName" text,
  add column "snapshotId" text,
  add column "snapshotOverride" boolean not null default false,
  drop constraint locations_status_check,
  add constraint locations_status_check check (status in ('active', 'paused', 'deleted'));
create index "locations_email" on locations ("companyId", lower(email)) where email is not null;
create index "locations_deleted" on locations (id) where status = 'deleted';

-- What a sub-account was given for its own Twilio or Mailgun, sealed by GROUNDLEVEL_SECRET.
create table "locationProviders" (
  "locationId" text not null references locations on delete cascade,
  provider text not null check (provider in ('twilio', 'mailgun')),
  sealed bytea not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", provider)
);

alter table companies
  add column address text,
  add column city text,
  add column state text,
  add column country text,
  add column "postalCode" text,
  add column domain text,
  -- What else the agency has said of itself, under the wire's names.
  add column profile jsonb not null default '{}';
`,
}
