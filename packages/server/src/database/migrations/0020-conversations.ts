import type { Migration } from '../migrate.js'

export const conversations: Migration = {
  id: '0020-conversations',
  sql: `
create table conversations (
  "locationId" text not null,
  id text not null,
  "contactId" text not null,
  -- 1 phone, 2 e-mail, 3 Messenger and Instagram, 4 reviews, 5 group SMS
  type smallint not null,
  inbox boolean not null,
  starred boolean not null,
  "unreadCount" int not null,
  feedback jsonb,
  "reviewId" text,
  mentions text[] not null,
  "lastMessageId" text,
  "lastMessageBody" text,
  "lastMessageType" text,
  "lastMessageNumber" smallint,
  "lastMessageDirection" text,
  "lastOutboundMessageAction" text,
  -- That of the conversation itself until there is a message, so that it has its place in the list.
  "lastMessageDate" timestamptz(3) not null,
  "lastManualMessageDate" timestamptz(3),
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id),
  unique ("locationId", "contactId"),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
create index "conversations_newest" on conversations ("locationId", "lastMessageDate" desc);
create index "conversations_manual" on conversations ("locationId", "lastManualMessageDate" desc) where "lastManualMessageDate" is not null;
create index "conversations_unread" on conversations ("locationId", "lastMessageDate" desc) where "unreadCount" > 0;
create index "conversations_starred" on conversations ("locationId", "lastMessageDate" desc) where starred;
create index "conversations_added" on conversations ("locationId", "dateAdded" desc);

-- One row is what one line of a conversation shows; an e-mail's row is its thread.
create table messages (
  "locationId" text not null,
  id text not null,
  "conversationId" text not null,
  "contactId" text not null,
  type smallint not null,
  "messageType" text not null,
  "subType" text,
  direction text not null,
  status text not null,
  body text,
  "contentType" text not null,
  attachments text[] not null,
  meta jsonb,
  source text not null,
  "userId" text,
  "conversationProviderId" text,
  "chatWidgetId" text,
  "altId" text,
  "from" text,
  "to" text,
  error jsonb,
  -- How it goes out: smtp, provider, outbox; null for what came in or was only logged.
  route text,
  "scheduledAt" timestamptz(3),
  -- Place in the conversation: a thread stands where its newest e-mail does.
  "sortedAt" timestamptz(3) not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id),
  foreign key ("locationId", "conversationId") references conversations ("locationId", id) on delete cascade
);
create index "messages_of_conversation" on messages ("locationId", "conversationId", "sortedAt" desc, id desc);
create index "messages_newest" on messages ("locationId", "dateAdded" desc, id desc);
create index "messages_updated" on messages ("locationId", "dateUpdated" desc, id desc);
create index "messages_of_contact" on messages ("locationId", "contactId", "dateAdded" desc, id desc);
create index "messages_alt" on messages ("locationId", "altId") where "altId" is not null;
create index "messages_outbox" on messages ("locationId", "dateAdded" desc, id desc) where route is not null;

create table emails (
  "locationId" text not null,
  id text not null,
  "messageId" text not null,
  "conversationId" text not null,
  "contactId" text not null,
  "altId" text,
  subject text,
  body text not null,
  "bodyText" text,
  direction text not null,
  status text not null,
  "contentType" text not null,
  attachments text[] not null,
  provider text not null,
  "from" text not null,
  "to" text[] not null,
  cc text[] not null,
  bcc text[] not null,
  "replyToMessageId" text,
  source text not null,
  "userId" text,
  "conversationProviderId" text,
  error jsonb,
  events jsonb not null,
  recipients jsonb,
  route text,
  "scheduledAt" timestamptz(3),
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id),
  foreign key ("locationId", "messageId") references messages ("locationId", id) on delete cascade
);
create index "emails_of_message" on emails ("locationId", "messageId", "dateAdded", id);
create index "emails_of_contact" on emails ("locationId", "contactId");
create index "emails_alt" on emails ("locationId", "altId") where "altId" is not null;

-- What is still to be handed over: scheduled messages, and e-mails on their way to the mail server. A row goes once it is done.
create table "messageSends" (
  "locationId" text not null,
  "messageId" text not null,
  -- '' for what is no e-mail
  "emailId" text not null,
  "contactId" text not null,
  stage text not null,
  attempts int not null,
  "dueAt" timestamptz(3) not null,
  primary key ("locationId", "messageId", "emailId"),
  foreign key ("locationId", "messageId") references messages ("locationId", id) on delete cascade
);
create index "sends_due" on "messageSends" (stage, "dueAt");

create table "conversationProviders" (
  id text primary key,
  "appId" text not null references apps on delete cascade,
  name text not null,
  type text not null,
  "deliveryUrl" text not null,
  custom boolean not null,
  "alwaysShow" boolean not null,
  alias text not null,
  logo text not null,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null
);
create index "providers_of_app" on "conversationProviders" ("appId", "dateAdded", id);

create table "conversationProviderDefaults" (
  "locationId" text not null references locations,
  channel text not null,
  "providerId" text not null references "conversationProviders" on delete cascade,
  primary key ("locationId", channel)
);

create table "callTranscripts" (
  "locationId" text not null,
  "messageId" text not null,
  "contactId" text not null,
  sentences jsonb not null,
  primary key ("locationId", "messageId"),
  foreign key ("locationId", "messageId") references messages ("locationId", id) on delete cascade
);

create table "conversationUploads" (
  id uuid primary key,
  "locationId" text not null references locations,
  "conversationId" text not null,
  "filePath" text not null,
  filename text not null,
  "contentType" text not null,
  "maxBytes" bigint not null,
  "blobId" text,
  "expiresAt" timestamptz(3) not null
);
create index "uploads_expiring" on "conversationUploads" ("expiresAt");

create table "liveChatTyping" (
  "locationId" text not null,
  "conversationId" text not null,
  "visitorId" text not null,
  "isTyping" boolean not null,
  at timestamptz(3) not null,
  primary key ("locationId", "conversationId", "visitorId"),
  foreign key ("locationId", "conversationId") references conversations ("locationId", id) on delete cascade
);

create table "emailSubtypes" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  description text,
  channel text not null,
  language text not null,
  archived boolean not null,
  "resubscriptionLegalFormId" text,
  "dateAdded" timestamptz(3) not null,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", id)
);

-- A row for each preference that somebody stated; without one a person is subscribed.
create table "emailPreferences" (
  "locationId" text not null,
  "contactId" text not null,
  email text not null,
  -- 'One on One', or the id of a subtype
  "subtypeId" text not null,
  status text not null,
  "legalReason" text,
  "legalDescription" text,
  "changedBy" text,
  "dateUpdated" timestamptz(3) not null,
  primary key ("locationId", "contactId", email, "subtypeId"),
  foreign key ("locationId", "contactId") references contacts ("locationId", id) on delete cascade
);
`,
}
