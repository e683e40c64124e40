import type { Migration } from '../migrate.js'

/** Files go with the contact that they hang on, and bytes never outlive their row for long (decision 0033). */
export const filesAndTouches: Migration = {
  id: '0018-files-and-touches',
  sql: `
alter table contacts add "lastActivity" timestamptz(3);

-- Bytes that no row stands for, or none yet: of an upload until its change has committed, of a file whose row is gone
-- (then without a date: nobody needs them any more).
create table "strayBytes" (
  id text primary key,
  "uploadedAt" timestamptz(3)
);

create function leave_bytes() returns trigger language plpgsql as $$
begin
  insert into "strayBytes" (id) select id from gone on conflict (id) do update set "uploadedAt" = null;
  return null;
end $$;
create trigger blobs_leave_bytes after delete on blobs
  referencing old table as gone for each statement execute function leave_bytes();

-- However a contact is deleted, its files go in the same change.
create function remove_contact_files() returns trigger language plpgsql as $$
begin
  delete from blobs b using gone where b."locationId" = gone."locationId" and b."recordId" = gone.id;
  return null;
end $$;
create trigger contacts_files after delete on contacts
  referencing old table as gone for each statement execute function remove_contact_files();
`,
}
