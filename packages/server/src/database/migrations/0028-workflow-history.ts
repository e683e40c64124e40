import type { Migration } from '../migrate.js'

export const workflowHistory: Migration = {
  id: '0028-workflow-history',
  sql: `
-- Every definition that a workflow has had, by the version that it got.
create table "workflowVersions" (
  "locationId" text not null,
  "workflowId" uuid not null,
  version int not null,
  name text not null,
  status text not null,
  triggers json not null,
  actions json not null,
  settings json not null,
  "createdAt" timestamptz(3) not null,
  -- Null where it is not known: what came with a snapshot.
  "createdBy" json,
  primary key ("locationId", "workflowId", version),
  foreign key ("locationId", "workflowId") references workflows ("locationId", id) on delete cascade
);
insert into "workflowVersions" ("locationId", "workflowId", version, name, status, triggers, actions, settings, "createdAt")
select "locationId", id, version, name, status, triggers, actions, settings, "updatedAt" from workflows;

-- The goal that was reached, '' where it is to be looked; and when it would go on without.
alter table "workflowEnrolments" add goal text, add "resumeAt" timestamptz(3);

-- What begins workflows, supplied by an app.
create table "appTriggers" (
  "appId" text not null references apps on delete cascade,
  id text not null,
  key text not null,
  name text not null,
  description text not null,
  version int not null,
  -- Hears of each workflow that uses it.
  "subscriptionUrl" text not null,
  headers json not null,
  filters json not null,
  sample json not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("appId", id)
);
create unique index "app_triggers_one_key" on "appTriggers" ("appId", key);

-- What workflows do, supplied by an app.
create table "appActions" (
  "appId" text not null references apps on delete cascade,
  id text not null,
  key text not null,
  name text not null,
  description text not null,
  version int not null,
  url text not null,
  headers json not null,
  fields json not null,
  -- Whether the workflow's author draws branches, and what each of them asks for.
  branching boolean not null,
  "branchFields" json not null,
  pause boolean not null,
  sample json not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("appId", id)
);
create unique index "app_actions_one_key" on "appActions" ("appId", key);
`,
}
