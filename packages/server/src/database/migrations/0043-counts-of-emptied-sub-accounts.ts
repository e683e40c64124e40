import type { Migration } from '../migrate.js'

/** A sub-account is removed table by table: its ways may go after their numbers, and tell of it then. */
export const countsOfEmptiedSubAccounts: Migration = {
  id: '0043-counts-of-emptied-sub-accounts',
  sql: `
-- All numbers of a workflow go with it; ways that go because it does are counted no more.
create or replace function forget_workflow_counts() returns trigger language plpgsql as $$
begin
  delete from "workflowCounts" c using gone where c."locationId" = gone."locationId" and c."workflowId" = gone.id;
  return null;
end $$;
create or replace function count_enrolments_went() returns trigger language plpgsql as $$
begin
  insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
  select g."locationId", g."workflowId", '', g.status, -count(*) from gone g
  join workflows w on w."locationId" = g."locationId" and w.id = g."workflowId" group by 1, 2, 4;
  return null;
end $$;
delete from "workflowCounts" c
where not exists (select from workflows w where w."locationId" = c."locationId" and w.id = c."workflowId");
`,
}
