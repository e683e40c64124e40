import type { Generated } from 'kysely'

interface ConversationsTable {
  locationId: string
  id: string
  contactId: string
  type: number
  inbox: boolean
  starred: boolean
  unreadCount: number
  feedback: unknown
  reviewId: string | null
  mentions: string[]
  lastMessageId: string | null
  lastMessageBody: string | null
  lastMessageType: string | null
  lastMessageNumber: number | null
  lastMessageDirection: string | null
  lastOutboundMessageAction: string | null
  lastMessageDate: Date
  lastManualMessageDate: Date | null
  dateAdded: Date
  dateUpdated: Date
}

interface MessagesTable {
  locationId: string
  id: string
  conversationId: string
  contactId: string
  type: number
  messageType: string
  subType: string | null
  direction: string
  status: string
  body: string | null
  contentType: string
  attachments: string[]
  meta: unknown
  source: string
  userId: string | null
  conversationProviderId: string | null
  chatWidgetId: string | null
  altId: string | null
  from: string | null
  to: string | null
  error: unknown
  route: string | null
  scheduledAt: Date | null
  sortedAt: Date
  dateAdded: Date
  dateUpdated: Date
}

interface EmailsTable {
  locationId: string
  id: string
  messageId: string
  conversationId: string
  contactId: string
  altId: string | null
  subject: string | null
  body: string
  bodyText: string | null
  direction: string
  status: string
  contentType: string
  attachments: string[]
  provider: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyToMessageId: string | null
  source: string
  userId: string | null
  conversationProviderId: string | null
  error: unknown
  events: unknown
  recipients: unknown
  route: string | null
  scheduledAt: Date | null
  dateAdded: Date
  dateUpdated: Date
}

interface MessageSendsTable {
  locationId: string
  messageId: string
  emailId: string
  contactId: string
  stage: 'scheduled' | 'smtp'
  attempts: number
  dueAt: Date
  leaseUntil: Generated<Date | null>
  leaseOwner: Generated<string | null>
}

interface ConversationProvidersTable {
  id: string
  appId: string
  name: string
  type: 'SMS' | 'Email' | 'Call'
  deliveryUrl: string
  custom: boolean
  alwaysShow: boolean
  alias: string
  logo: string
  dateAdded: Date
  dateUpdated: Date
}

interface ConversationProviderDefaultsTable {
  locationId: string
  channel: 'SMS' | 'Email'
  providerId: string
}

interface CallTranscriptsTable {
  locationId: string
  messageId: string
  contactId: string
  sentences: unknown
}

interface ConversationUploadsTable {
  id: string
  locationId: string
  conversationId: string
  filePath: string
  filename: string
  contentType: string
  maxBytes: number | string
  blobId: string | null
  expiresAt: Date
}

interface LiveChatTypingTable {
  locationId: string
  conversationId: string
  visitorId: string
  isTyping: boolean
  at: Date
}

interface EmailSubtypesTable {
  locationId: string
  id: string
  name: string
  description: string | null
  channel: 'email' | 'sms'
  language: string
  archived: boolean
  resubscriptionLegalFormId: string | null
  dateAdded: Date
  dateUpdated: Date
}

interface EmailPreferencesTable {
  locationId: string
  contactId: string
  email: string
  subtypeId: string
  status: 'subscribed' | 'unsubscribed'
  legalReason: string | null
  legalDescription: string | null
  changedBy: string | null
  dateUpdated: Date
}

interface ReceivedMailsTable {
  locationId: string
  digest: Buffer
  dateAdded: Date
}

interface MailAddressesTable {
  token: string
  locationId: string
  contactId: string | null
  dateAdded: Date
}

export interface ConversationsTables {
  conversations: ConversationsTable
  messages: MessagesTable
  emails: EmailsTable
  messageSends: MessageSendsTable
  conversationProviders: ConversationProvidersTable
  conversationProviderDefaults: ConversationProviderDefaultsTable
  callTranscripts: CallTranscriptsTable
  conversationUploads: ConversationUploadsTable
  liveChatTyping: LiveChatTypingTable
  emailSubtypes: EmailSubtypesTable
  emailPreferences: EmailPreferencesTable
  mailAddresses: MailAddressesTable
  receivedMails: ReceivedMailsTable
}
