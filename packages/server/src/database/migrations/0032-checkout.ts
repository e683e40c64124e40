import type { Migration } from '../migrate.js'

/** Payments that apps take: who takes them, and what they call them. */
export const checkout: Migration = {
  id: '0032-checkout',
  sql: `
alter table "paymentProviders" add column "isDefault" boolean not null default false;
create unique index "paymentProviders_default" on "paymentProviders" ("locationId") where "isDefault" and not deleted;

alter table transactions add column "providerId" text;
create unique index transactions_charge on transactions ("locationId", "providerId", "chargeId")
  where "providerId" is not null and "chargeId" is not null;

alter table subscriptions add column "providerId" text, add column "providerSnapshot" jsonb;
create index subscriptions_entity on subscriptions ("locationId", "entityId", "createdAt" desc);
`,
}
