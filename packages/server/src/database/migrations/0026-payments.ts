import type { Migration } from '../migrate.js'

/** Amounts are whole minor units, with the number of the currency's decimal places beside them. */
export const payments: Migration = {
  id: '0026-payments',
  sql: `
create table orders (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  "contactId" text not null,
  "contactName" text,
  "contactEmail" text,
  "contactSnapshot" jsonb not null,
  currency text not null,
  digits smallint not null,
  "amountMinor" bigint not null check ("amountMinor" >= 0),
  "subtotalMinor" bigint not null,
  "discountMinor" bigint not null,
  "taxMinor" bigint not null,
  "shippingMinor" bigint not null,
  "paidMinor" bigint not null check ("paidMinor" <= "amountMinor"),
  "refundedMinor" bigint not null check ("refundedMinor" <= "paidMinor"),
  status text not null,
  "paymentStatus" text not null,
  "fulfillmentStatus" text not null,
  "liveMode" boolean not null,
  items jsonb not null,
  "productIds" text[] not null,
  "totalProducts" integer not null,
  "onetimeProducts" integer not null,
  "recurringProducts" integer not null,
  -- What was taken off counted stock, to be given back.
  stock jsonb not null,
  "taxSummary" jsonb not null,
  "sourceType" text not null,
  "sourceSubType" text,
  "sourceId" text not null,
  "sourceName" text,
  "sourceMeta" jsonb,
  coupon jsonb,
  "couponId" text,
  "couponCode" text,
  "trackingId" text not null,
  meta jsonb,
  "createdBy" text,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  "searchText" text not null generated always as (lower(
    coalesce("contactName", '') || ' ' || coalesce("contactEmail", '') || ' ' || coalesce("sourceName", '') || ' ' || _id)) stored,
  primary key ("locationId", _id)
);
create index orders_newest on orders ("locationId", "createdAt" desc, _id);
create index orders_contact on orders ("locationId", "contactId", "createdAt" desc);
create index orders_status on orders ("locationId", status, "createdAt" desc);
create index orders_payment on orders ("locationId", "paymentStatus", "createdAt" desc);
create index orders_source on orders ("locationId", "sourceId", "createdAt" desc);
create index orders_coupon on orders ("locationId", "couponId", "contactId") where "couponId" is not null;
create index orders_search on orders using gin ("locationId", "searchText" gin_trgm_ops);
create index orders_products on orders using gin ("locationId", "productIds");

create table "orderNotes" (
  "locationId" text not null,
  _id text not null,
  "orderId" text not null,
  body text not null,
  "userId" text,
  "createdAt" timestamptz(3) not null,
  primary key ("locationId", _id),
  foreign key ("locationId", "orderId") references orders on delete cascade
);
create index "orderNotes_order" on "orderNotes" ("locationId", "orderId", "createdAt" desc);

create table fulfillments (
  "locationId" text not null,
  _id text not null,
  "orderId" text not null,
  trackings jsonb not null,
  items jsonb not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id),
  foreign key ("locationId", "orderId") references orders on delete cascade
);
create index fulfillments_order on fulfillments ("locationId", "orderId", "createdAt");

create table transactions (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  "contactId" text,
  "mergedFromContactId" text,
  "contactName" text,
  "contactEmail" text,
  "contactSnapshot" jsonb,
  currency text not null,
  digits smallint not null,
  "amountMinor" bigint not null,
  "refundedMinor" bigint not null check ("refundedMinor" <= "amountMinor"),
  status text not null,
  "liveMode" boolean not null,
  "entityType" text not null,
  "entityId" text not null,
  "sourceType" text not null,
  "sourceSubType" text,
  "sourceId" text not null,
  "sourceName" text,
  "sourceMeta" jsonb,
  "subscriptionId" text,
  "chargeId" text,
  "chargeSnapshot" jsonb,
  provider text not null,
  "paymentMethod" jsonb,
  meta jsonb,
  "receiptId" text,
  "createdBy" text,
  "fulfilledAt" timestamptz(3) not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  "searchText" text not null generated always as (lower(
    coalesce("contactName", '') || ' ' || coalesce("contactEmail", '') || ' ' || coalesce("sourceName", '') || ' ' || _id)) stored,
  primary key ("locationId", _id)
);
create index transactions_newest on transactions ("locationId", "createdAt" desc, _id);
create index transactions_contact on transactions ("locationId", "contactId", "createdAt" desc);
create index transactions_entity on transactions ("locationId", "entityId", "createdAt" desc);
create index transactions_subscription on transactions ("locationId", "subscriptionId", "createdAt" desc) where "subscriptionId" is not null;
create index transactions_search on transactions using gin ("locationId", "searchText" gin_trgm_ops);

create table subscriptions (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  "contactId" text not null,
  "contactName" text,
  "contactEmail" text,
  "contactSnapshot" jsonb not null,
  currency text not null,
  digits smallint not null,
  "amountMinor" bigint not null,
  status text not null,
  "liveMode" boolean not null,
  "entityId" text not null,
  "sourceType" text not null,
  "sourceSubType" text,
  "sourceId" text not null,
  "sourceName" text,
  "sourceMeta" jsonb,
  provider text not null,
  recurring jsonb not null,
  item jsonb not null,
  coupon jsonb,
  "cyclesDone" integer not null,
  "totalCycles" integer,
  "startedAt" timestamptz(3) not null,
  -- Null: nothing more falls due.
  "nextAt" timestamptz(3),
  "canceledAt" timestamptz(3),
  "canceledBy" text,
  "createdBy" text,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  "searchText" text not null generated always as (lower(
    coalesce("contactName", '') || ' ' || coalesce("contactEmail", '') || ' ' || coalesce("sourceName", '') || ' ' || _id)) stored,
  primary key ("locationId", _id)
);
create index subscriptions_newest on subscriptions ("locationId", "createdAt" desc, _id);
create index subscriptions_contact on subscriptions ("locationId", "contactId", "createdAt" desc);
create index subscriptions_search on subscriptions using gin ("locationId", "searchText" gin_trgm_ops);
create index subscriptions_due on subscriptions ("nextAt") where "nextAt" is not null;

create table coupons (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  name text not null,
  code text not null,
  "discountType" text not null,
  "discountValue" numeric not null,
  "startDate" timestamptz(3) not null,
  "endDate" timestamptz(3),
  "usageLimit" integer,
  "usageCount" integer not null check ("usageCount" >= 0),
  "productIds" text[] not null,
  "applyToFuturePayments" boolean not null,
  "applyToFuturePaymentsConfig" jsonb not null,
  "limitPerCustomer" integer not null,
  "userId" text,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id)
);
create unique index coupons_code on coupons ("locationId", lower(code));
create index coupons_newest on coupons ("locationId", "createdAt" desc, _id);

create table customers (
  "locationId" text not null,
  "contactId" text not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", "contactId"),
  foreign key ("locationId", "contactId") references contacts on delete cascade
);
create index customers_newest on customers ("locationId", "createdAt" desc, "contactId");

create table "paymentProviders" (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  "marketplaceAppId" text not null,
  name text not null,
  description text not null,
  "paymentsUrl" text not null,
  "queryUrl" text not null,
  "imageUrl" text not null,
  "supportsSubscriptionSchedule" boolean not null,
  "livePublishableKey" text,
  "sealedLiveKey" bytea,
  "testPublishableKey" text,
  "sealedTestKey" bytea,
  deleted boolean not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id)
);
create unique index "paymentProviders_app" on "paymentProviders" ("locationId", "marketplaceAppId") where not deleted;

create table "whitelabelProviders" (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  "uniqueName" text not null,
  title text not null,
  provider text not null,
  description text not null,
  "imageUrl" text not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id)
);
create unique index "whitelabelProviders_name" on "whitelabelProviders" ("locationId", "uniqueName");
create index "whitelabelProviders_newest" on "whitelabelProviders" ("locationId", "createdAt" desc, _id);
`,
}
