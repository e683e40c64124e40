import type { Migration } from '../migrate.js'

/** What filters on custom fields look through: one row for each value, in the column of its kind (decision 0027). */
export const contactFieldValues: Migration = {
  id: '0009-contact-field-values',
  sql: `
create table "contactFieldValues" (
  "locationId" text not null,
  "contactId" text not null,
  "fieldId" text not null,
  -- Several values of one field: chosen options, boxes of a list.
  position int not null,
  -- The box that a value of a TEXTBOX_LIST stands in.
  "optionId" text,
  num double precision,
  -- Lower-cased.
  text text,
  at timestamptz(3),
  primary key ("locationId", "contactId", "fieldId", position),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
-- One index for the three kinds: a search says of the columns before its own that they are empty. No filter compares more than
-- 75 characters, and an index takes no long text.
create index "field_values_value" on "contactFieldValues"
  ("locationId", "fieldId", num, at, "left"(text, 100) text_pattern_ops, "contactId");
`,
}
