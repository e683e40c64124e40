import type { Migration } from '../migrate.js'

/** Pipelines, their stages, opportunities in them, and why some were lost (decision 0037). */
export const opportunities: Migration = {
  id: '0023-opportunities',
  sql: `
create table pipelines (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  "showInFunnel" boolean not null,
  "showInPieChart" boolean not null,
  "useOpportunityProbability" boolean not null,
  "colorRenderMode" text not null,
  position text collate "C" not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "pipelines_name" on pipelines ("locationId", lower(name));

create table "pipelineStages" (
  "locationId" text not null,
  "pipelineId" text not null,
  id text not null,
  name text not null,
  position int not null,
  "showInFunnel" boolean not null,
  "showInPieChart" boolean not null,
  -- What counts: what was set, or what the place among the others makes it.
  "stageWinProbability" double precision not null,
  primary key ("locationId", "pipelineId", id),
  foreign key ("locationId", "pipelineId") references pipelines ("locationId", id) on delete cascade
);

create table "lostReasons" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  deleted boolean not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", id)
);
create unique index "lost_reasons_name" on "lostReasons" ("locationId", lower(name)) where not deleted;

create table opportunities (
  "locationId" text not null,
  id text not null,
  "contactId" text not null,
  "pipelineId" text not null,
  "pipelineStageId" text not null,
  name text not null,
  "monetaryValue" numeric not null,
  "assignedTo" text,
  status text not null,
  source text,
  "lostReasonId" text,
  "lastStatusChangeAt" timestamptz(3) not null,
  "lastStageChangeAt" timestamptz(3) not null,
  "lastActionDate" timestamptz(3) not null,
  "forecastExpectedCloseDate" text,
  "forecastOriginalCloseDate" text,
  "forecastSlippageCount" int not null,
  "forecastDaysSlipped" int not null,
  "forecastLastSlippedAt" timestamptz(3),
  "forecastProbability" double precision,
  "customFields" jsonb not null,
  followers text[] not null,
  "internalSource" jsonb not null,
  revision int not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", id),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade,
  foreign key ("locationId", "pipelineId", "pipelineStageId") references "pipelineStages" ("locationId", "pipelineId", id)
);
create index "opportunities_newest" on opportunities ("locationId", "createdAt" desc, id desc);
create index "opportunities_updated" on opportunities ("locationId", "updatedAt" desc, id desc);
create index "opportunities_contact" on opportunities ("locationId", "contactId", "pipelineId");
-- A column of the board, newest first.
create index "opportunities_column" on opportunities ("locationId", "pipelineId", "pipelineStageId", "createdAt" desc, id desc);
-- The sums of the board, without its rows.
create index "opportunities_sums" on opportunities ("locationId", "pipelineId", "pipelineStageId", status)
  include ("monetaryValue", "forecastProbability");
create index "opportunities_value" on opportunities ("locationId", "monetaryValue", id);
create index "opportunities_name" on opportunities ("locationId", lower(name) text_pattern_ops, id);
create index "opportunities_text" on opportunities using gin ("locationId", lower(name) gin_trgm_ops);
create index "opportunities_status_changed" on opportunities ("locationId", "lastStatusChangeAt", id);
create index "opportunities_stage_changed" on opportunities ("locationId", "lastStageChangeAt", id);
create index "opportunities_owner" on opportunities ("locationId", "assignedTo", "createdAt" desc) where "assignedTo" is not null;

-- What filters on custom fields look through, as that of contacts (migration 0009).
create table "opportunityFieldValues" (
  "locationId" text not null,
  "opportunityId" text not null,
  "fieldId" text not null,
  position int not null,
  "optionId" text,
  num double precision,
  text text,
  at timestamptz(3),
  primary key ("locationId", "opportunityId", "fieldId", position),
  foreign key ("locationId", "opportunityId") references opportunities ("locationId", id) on delete cascade
);
create index "opportunity_field_values_value" on "opportunityFieldValues"
  ("locationId", "fieldId", num, at, "left"(text, 100) text_pattern_ops, "opportunityId");
`,
}
