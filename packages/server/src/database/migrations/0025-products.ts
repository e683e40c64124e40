import type { Migration } from '../migrate.js'

/** Amounts are whole minor units (cents), with the number of the currency's decimal places beside them. */
export const products: Migration = {
  id: '0025-products',
  sql: `
create function major(minor bigint, digits smallint) returns numeric language sql immutable parallel safe strict
  return trim_scale(minor / power(10::numeric, digits));

create table products (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  name text not null,
  description text,
  "productType" text not null,
  image text,
  "statementDescriptor" text,
  "availableInStore" boolean not null,
  medias jsonb,
  variants jsonb,
  "collectionIds" text[] not null,
  "isTaxesEnabled" boolean not null,
  taxes text[] not null,
  "automaticTaxCategoryId" text,
  "isLabelEnabled" boolean not null,
  label jsonb,
  slug text not null,
  seo jsonb,
  "taxInclusive" boolean not null,
  "userId" text,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id)
);
create index products_newest on products ("locationId", "createdAt" desc, _id);
create unique index products_slug on products ("locationId", slug);
create index products_collections on products using gin ("locationId", "collectionIds");
create index products_name on products using gin ("locationId", lower(name) gin_trgm_ops);

create table prices (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  product text not null,
  name text not null,
  type text not null,
  currency text not null,
  digits smallint not null,
  "amountMinor" bigint not null check ("amountMinor" >= 0),
  "compareAtMinor" bigint,
  "setupFeeMinor" bigint,
  recurring jsonb,
  description text,
  "membershipOffers" jsonb,
  "trialPeriod" integer,
  "totalCycles" integer,
  "variantOptionIds" text[] not null,
  "userId" text,
  meta jsonb,
  "trackInventory" boolean not null,
  "availableQuantity" integer not null check ("availableQuantity" >= 0),
  "allowOutOfStockPurchases" boolean not null,
  sku text,
  "shippingOptions" jsonb,
  "isDigitalProduct" boolean not null,
  "digitalDelivery" text[],
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id),
  foreign key ("locationId", product) references products on delete cascade
);
create index prices_product on prices ("locationId", product, "createdAt", _id);
create index prices_stock on prices ("locationId", "updatedAt" desc, _id) where "trackInventory";

create table "productStores" (
  "locationId" text not null references locations on delete cascade,
  "storeId" text not null,
  "productId" text not null,
  included boolean not null,
  "displayPriority" integer,
  primary key ("locationId", "storeId", "productId"),
  foreign key ("locationId", "productId") references products on delete cascade
);
create index "productStores_product" on "productStores" ("locationId", "productId");

create table "productCollections" (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  name text not null,
  slug text not null,
  image text not null,
  seo jsonb not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id)
);
create index "productCollections_newest" on "productCollections" ("locationId", "createdAt" desc, _id);
create unique index "productCollections_slug" on "productCollections" ("locationId", slug);

create table "productReviews" (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  "productId" text not null,
  "storeId" text,
  status text not null,
  rating real not null,
  headline text,
  detail text,
  "user" jsonb,
  reply jsonb not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id),
  foreign key ("locationId", "productId") references products on delete cascade
);
create index "productReviews_newest" on "productReviews" ("locationId", "createdAt" desc, _id);
create index "productReviews_rating" on "productReviews" ("locationId", rating, _id);
create index "productReviews_product" on "productReviews" ("locationId", "productId", "createdAt" desc);

create table taxes (
  "locationId" text not null references locations on delete cascade,
  _id text not null,
  name text not null,
  rate numeric(7, 4) not null,
  calculation text not null,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  primary key ("locationId", _id)
);
`,
}
