import type { Migration } from '../migrate.js'

/**
 * A foreign key asks for the sub-account once a contact: a quarter of what bringing one in costs. These ask once a statement,
 * and refuse with the same code.
 */
export const importAtSpeed: Migration = {
  id: '0018-import-at-speed',
  sql: `
alter table contacts drop constraint "contacts_locationId_fkey";

-- Whoever deletes the sub-account meanwhile waits, as with a foreign key.
create function demand_contacts_location() returns trigger language plpgsql as $$
declare
  missing text;
begin
  perform from locations l where l.id in (select distinct f."locationId" from fresh f) for key share;
  select f."locationId" into missing from (select distinct "locationId" from fresh) f
    where not exists (select from locations l where l.id = f."locationId") limit 1;
  if missing is not null then
    raise foreign_key_violation using message = format('A contact names the sub-account %L, which is not there.', missing),
      constraint = 'contacts_location', table = 'contacts';
  end if;
  return null;
end $$;
create trigger contacts_location after insert on contacts
  referencing new table as fresh for each statement execute function demand_contacts_location();

-- After the row is gone, so that what was being written when the deletion began is seen.
create function keep_location_of_contacts() returns trigger language plpgsql as $$
begin
  if exists (select from contacts c where c."locationId" = old.id) then
    raise foreign_key_violation using message = 'The sub-account still has contacts.', constraint = 'contacts_location', table = 'contacts';
  end if;
  return null;
end $$;
create trigger locations_contacts after delete on locations for each row execute function keep_location_of_contacts();
`,
}
