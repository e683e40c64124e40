import type { Migration } from '../migrate.js'

export const workflows: Migration = {
  id: '0022-workflows',
  sql: `
-- How many workflows caused an event, each by what it did: what bounds workflows that start each other.
alter table events add depth smallint not null default 0;

create table workflows (
  "locationId" text not null references locations on delete cascade,
  id uuid not null,
  name text not null,
  status text not null check (status in ('draft', 'published')),
  version int not null,
  triggers json not null,
  actions json not null,
  settings json not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index "workflows_newest" on workflows ("locationId", "createdAt" desc, id desc);

-- Triggers of published workflows, so that an event finds those that it begins by one look-up.
create table "workflowTriggers" (
  "locationId" text not null,
  "workflowId" uuid not null,
  position int not null,
  type text not null,
  trigger json not null,
  -- Of a webhook trigger: whoever knows it may begin the workflow.
  token text unique,
  -- Of a schedule: when it comes round.
  "nextAt" timestamptz(3),
  primary key ("locationId", "workflowId", position),
  foreign key ("locationId", "workflowId") references workflows ("locationId", id) on delete cascade
);
create index "triggers_by_type" on "workflowTriggers" ("locationId", type);
create index "triggers_due" on "workflowTriggers" ("nextAt") where "nextAt" is not null;

-- A contact's way through a workflow. What a step does and this row's move are one transaction.
create table "workflowEnrolments" (
  "locationId" text not null,
  id uuid not null,
  "workflowId" uuid not null,
  "contactId" text not null,
  status text not null check (status in ('active', 'paused', 'completed', 'stopped', 'removed', 'failed', 'refused')),
  "actionId" text,
  "dueAt" timestamptz(3),
  "waitingFor" text,
  depth smallint not null,
  steps int not null,
  -- Steps since it last waited: many are a circle.
  burst int not null,
  attempts int not null,
  trigger json not null,
  vars json not null,
  reason text,
  "startedAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  "finishedAt" timestamptz(3),
  primary key ("locationId", id),
  foreign key ("locationId", "workflowId") references workflows ("locationId", id) on delete cascade,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
-- The only index that those who wait stand in and the engine asks: a hundred thousand of them cost it nothing.
create index "enrolments_due" on "workflowEnrolments" ("dueAt", id) where status = 'active' and "dueAt" is not null;
create unique index "enrolments_once" on "workflowEnrolments" ("locationId", "workflowId", "contactId")
  where status in ('active', 'paused');
create index "enrolments_newest" on "workflowEnrolments" ("locationId", "workflowId", "startedAt" desc, id desc);
create index "enrolments_of_person" on "workflowEnrolments" ("locationId", "contactId", "workflowId");

create table "workflowSteps" (
  "locationId" text not null,
  "enrolmentId" uuid not null,
  number int not null,
  "actionId" text,
  type text not null,
  outcome text not null,
  reason text not null,
  at timestamptz(3) not null,
  primary key ("locationId", "enrolmentId", number),
  foreign key ("locationId", "enrolmentId") references "workflowEnrolments" ("locationId", id) on delete cascade
);

-- Requests that steps make of other programs: written with the step, sent outside of any transaction.
create table "workflowCalls" (
  "locationId" text not null,
  id uuid not null,
  -- Null where it tells of a trigger, not of a contact.
  "enrolmentId" uuid,
  "actionId" text not null,
  -- Whether the way goes on only when it has been answered.
  awaited boolean not null,
  url text not null,
  headers json not null,
  body text not null,
  status text not null check (status in ('waiting', 'succeeded', 'failed')),
  attempts int not null,
  "dueAt" timestamptz(3) not null,
  "lastStatus" int,
  "lastError" text,
  "dateAdded" timestamptz(3) not null,
  "finishedAt" timestamptz(3),
  primary key ("locationId", id),
  foreign key ("locationId", "enrolmentId") references "workflowEnrolments" ("locationId", id) on delete cascade
);
create index "calls_due" on "workflowCalls" ("dueAt", id) where status = 'waiting';
create index "calls_of_enrolment" on "workflowCalls" ("locationId", "enrolmentId");
`,
}
