import type { Migration } from '../migrate.js'

/** What a step of a workflow costs beside the step itself. */
export const workflowSteps: Migration = {
  id: '0036-workflow-steps',
  sql: `
-- A foreign key asks for the enrolment once a step; whoever writes steps holds it. This asks once a statement that deletes.
alter table "workflowSteps" drop constraint "workflowSteps_locationId_enrolmentId_fkey";
create function remove_workflow_steps() returns trigger language plpgsql as $$
begin
  delete from "workflowSteps" s using gone where s."locationId" = gone."locationId" and s."enrolmentId" = gone.id;
  return null;
end $$;
create trigger enrolments_steps after delete on "workflowEnrolments"
  referencing old table as gone for each statement execute function remove_workflow_steps();

-- What no request has caused has no trace to be found by.
drop index "events_traceId_idx";
create index "events_by_trace" on events ("traceId") where "traceId" is not null;
`,
}
