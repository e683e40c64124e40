import type { Migration } from '../migrate.js'

/** What lists of a workflow with a million runs need, and where runs go that nobody looks at any more. */
export const workflowPast: Migration = {
  id: '0042-workflow-past',
  sql: `
-- How many are in a workflow by what became of them ("actionId" is ''), and how often a step came to what. The sum of its rows is the
-- number: who writes adds a row, so that two who do never wait for each other; now and then they are folded into one.
create table "workflowCounts" (
  "locationId" text not null,
  "workflowId" uuid not null,
  "actionId" text not null,
  -- A status of enrolments, or the outcome of a step.
  key text not null,
  seq bigint generated always as identity,
  delta int not null,
  primary key ("locationId", "workflowId", "actionId", key, seq)
);
insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
select "locationId", "workflowId", '', status, count(*) from "workflowEnrolments" group by 1, 2, 4;
insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
select e."locationId", e."workflowId", s."actionId", s.outcome, count(*)
from "workflowSteps" s join "workflowEnrolments" e on e."locationId" = s."locationId" and e.id = s."enrolmentId"
where s."actionId" <> '' group by 1, 2, 3, 4;

-- Once a statement, whatever wrote it: enrolling, the engine, a deleted contact.
create function count_enrolments_came() returns trigger language plpgsql as $$
begin
  insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
  select "locationId", "workflowId", '', status, count(*) from came group by 1, 2, 4;
  return null;
end $$;
create function count_enrolments_went() returns trigger language plpgsql as $$
begin
  insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
  select "locationId", "workflowId", '', status, -count(*) from gone group by 1, 2, 4;
  return null;
end $$;
create function count_enrolments_moved() returns trigger language plpgsql as $$
begin
  insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
  select "locationId", "workflowId", '', status, sum(n) from (
    select "locationId", "workflowId", status, 1 as n from came
    union all select "locationId", "workflowId", status, -1 from gone) moved
  group by 1, 2, 4 having sum(n) <> 0;
  return null;
end $$;
create trigger enrolments_came after insert on "workflowEnrolments"
  referencing new table as came for each statement execute function count_enrolments_came();
create trigger enrolments_went after delete on "workflowEnrolments"
  referencing old table as gone for each statement execute function count_enrolments_went();
create trigger enrolments_moved after update on "workflowEnrolments"
  referencing old table as gone new table as came for each statement execute function count_enrolments_moved();

-- Those of a status that few have; the newest of all others are found along "enrolments_newest".
create index "enrolments_rare" on "workflowEnrolments" ("locationId", "workflowId", status, "startedAt" desc, id desc)
  where status in ('paused', 'stopped', 'removed', 'failed', 'refused');

-- What is over, by when: the oldest goes first.
create index "enrolments_finished" on "workflowEnrolments" ("finishedAt") where "finishedAt" is not null;
create index "calls_finished" on "workflowCalls" ("finishedAt") where "finishedAt" is not null and "enrolmentId" is null;

-- Who was in a workflow once, where the way itself is forgotten: what workflows that take nobody twice ask.
create table "workflowVisitors" (
  "locationId" text not null,
  "workflowId" uuid not null,
  "contactId" text not null,
  primary key ("locationId", "contactId", "workflowId"),
  foreign key ("locationId", "workflowId") references workflows ("locationId", id) on delete cascade,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "visitors_of_workflow" on "workflowVisitors" ("locationId", "workflowId");
`,
}
