import type { Migration } from '../migrate.js'

/** Numbers of the steps of a workflow go with it; those of its ways come to nought by themselves. */
export const workflowSums: Migration = {
  id: '0042-workflow-sums',
  sql: `
create function forget_workflow_counts() returns trigger language plpgsql as $$
begin
  delete from "workflowCounts" c using gone
  where c."locationId" = gone."locationId" and c."workflowId" = gone.id and c."actionId" <> '';
  return null;
end $$;
create trigger workflows_counts after delete on workflows
  referencing old table as gone for each statement execute function forget_workflow_counts();
`,
}
