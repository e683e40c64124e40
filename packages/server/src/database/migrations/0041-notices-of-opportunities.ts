import type { Migration } from '../migrate.js'

/** What a notice is about may be an opportunity; one that is deleted takes its notices along (decision 0058). */
export const noticesOfOpportunities: Migration = {
  id: '0041-notices-of-opportunities',
  sql: `
alter table "userNotices"
  add column "opportunityId" text,
  add foreign key ("locationId", "opportunityId") references opportunities ("locationId", id) on delete cascade;
create index "user_notices_opportunity" on "userNotices" ("locationId", "opportunityId") where "opportunityId" is not null;
`,
}
