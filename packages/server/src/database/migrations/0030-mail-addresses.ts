import type { Migration } from '../migrate.js'

export const mailAddresses: Migration = {
  id: '0030-mail-addresses',
  sql: `
-- What stands before the @ of an address that mail comes in at, so that nobody can guess it.
create table "mailAddresses" (
  token text primary key,
  "locationId" text not null references locations,
  -- null: the sub-account's own address, at which anybody may write
  "contactId" text,
  "dateAdded" timestamptz(3) not null,
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "mail_addresses_of_contact" on "mailAddresses" ("locationId", "contactId");
create unique index "mail_address_of_location" on "mailAddresses" ("locationId") where "contactId" is null;
`,
}
