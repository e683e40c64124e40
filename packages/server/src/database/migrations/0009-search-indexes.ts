import type { Migration } from '../migrate.js'

const texts = ['source', 'assignedTo', 'city', 'state', 'country', 'postalCode', 'companyName', 'website', 'address1']

/** An index holds no value of more than 2700 bytes: texts from before there were lengths keep their first 500 letters. */
const shorten = `update contacts set ${texts.map((name) => `"${name}" = case when octet_length("${name}") > 2000 then left("${name}", 500) else "${name}" end`).join(', ')}
  where ${texts.map((name) => `octet_length("${name}") > 2000`).join(' or ')}`

/** Indexes of the search language (decision 0027): one for every equality, one for each order. */
export const searchIndexes: Migration = {
  id: '0009-search-indexes',
  clean: shorten,
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
