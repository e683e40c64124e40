import type { Migration } from '../migrate.js'

export const requestLog: Migration = {
  id: '0019-request-log',
  sql: `
-- The id of a call is its trace: a row costs one index less, and its trace is found by the key.
update "requestLog" set id = "traceId"::uuid
  where id::text <> "traceId" and "traceId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
drop index "requestLog_traceId_idx";
`,
}
