import type { Migration } from '../migrate.js'

/** Indexes of the search language (decision 0027): one for every equality, one for each order. */
export const searchIndexes: Migration = {
  id: '0009-search-indexes',
  sql: `
-- Any of these fields, or several: of each the lists of contacts that have the value, which a search intersects.
drop index contacts_tags;
create index contacts_values on contacts using gin (
  "locationId", tags, followers, "assignedTo", lower(city), lower(state), lower(country), lower("postalCode"),
  lower("companyName"), lower(website), lower(address1)
);
-- Contacts without an e-mail address too: they come last when sorted by it.
drop index contacts_email;
create index contacts_email on contacts ("locationId", email text_pattern_ops);
-- So many contacts are level in their source that the id must be in the index.
create index contacts_source on contacts ("locationId", lower(source) text_pattern_ops, id);
-- The few that are not to be disturbed; the others are found by their id.
create index contacts_dnd on contacts ("locationId", id) where dnd;

-- A foreign key asks for the contact once a value: a third of what filing values costs. This asks once a statement.
alter table "contactFieldValues" drop constraint "contactFieldValues_locationId_contactId_fkey";
create function remove_field_values() returns trigger language plpgsql as $$
begin
  delete from "contactFieldValues" v using gone where v."locationId" = gone."locationId" and v."contactId" = gone.id;
  return null;
end $$;
create trigger contacts_field_values after delete on contacts
  referencing old table as gone for each statement execute function remove_field_values();
`,
}
