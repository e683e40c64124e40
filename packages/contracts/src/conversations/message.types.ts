/**
 * Types of messages with their numbers: the documents' order without RCS (wire-contract §2.x). From 36 on nobody has seen a
 * number, so these are our own.
 */
export const messageNumbers = {
  TYPE_CALL: 1,
  TYPE_SMS: 2,
  TYPE_EMAIL: 3,
  TYPE_SMS_REVIEW_REQUEST: 4,
  TYPE_WEBCHAT: 5,
  TYPE_SMS_NO_SHOW_REQUEST: 6,
  TYPE_CAMPAIGN_SMS: 7,
  TYPE_CAMPAIGN_CALL: 8,
  TYPE_CAMPAIGN_EMAIL: 9,
  TYPE_CAMPAIGN_VOICEMAIL: 10,
  TYPE_FACEBOOK: 11,
  TYPE_CAMPAIGN_FACEBOOK: 12,
  TYPE_CAMPAIGN_MANUAL_CALL: 13,
  TYPE_CAMPAIGN_MANUAL_SMS: 14,
  TYPE_GMB: 15,
  TYPE_CAMPAIGN_GMB: 16,
  TYPE_REVIEW: 17,
  TYPE_INSTAGRAM: 18,
  TYPE_WHATSAPP: 19,
  TYPE_CUSTOM_SMS: 20,
  TYPE_CUSTOM_EMAIL: 21,
  TYPE_CUSTOM_PROVIDER_SMS: 22,
  TYPE_CUSTOM_PROVIDER_EMAIL: 23,
  TYPE_IVR_CALL: 24,
  TYPE_ACTIVITY_CONTACT: 25,
  TYPE_ACTIVITY_INVOICE: 26,
  TYPE_ACTIVITY_PAYMENT: 27,
  TYPE_ACTIVITY_OPPORTUNITY: 28,
  TYPE_LIVE_CHAT: 29,
  TYPE_LIVE_CHAT_INFO_MESSAGE: 30,
  TYPE_ACTIVITY_APPOINTMENT: 31,
  TYPE_FACEBOOK_COMMENT: 32,
  TYPE_INSTAGRAM_COMMENT: 33,
  TYPE_CUSTOM_CALL: 34,
  TYPE_INTERNAL_COMMENT: 35,
  TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG: 36,
  TYPE_TIKTOK: 37,
  TYPE_TIKTOK_COMMENT: 38,
  TYPE_ACTIVITY_WHATSAPP: 39,
  TYPE_FORM_SUBMISSION: 40,
  TYPE_SMS_REACTION: 41,
  TYPE_RCS: 42,
} as const

export type MessageType = keyof typeof messageNumbers

export const messageTypes = Object.keys(messageNumbers) as unknown as readonly [MessageType, ...MessageType[]]

/** How a message is sent. `InternalComment` goes to nobody: colleagues read it in the conversation (an extension). */
export const sendTypes = [
  'SMS',
  'RCS',
  'Email',
  'WhatsApp',
  'IG',
  'FB',
  'Custom',
  'Live_Chat',
  'TIKTOK',
  'InternalComment',
] as const

/** What can come in. */
export const inboundTypes = [
  'SMS',
  'RCS',
  'Email',
  'WhatsApp',
  'GMB',
  'IG',
  'FB',
  'Custom',
  'WebChat',
  'Live_Chat',
  'Call',
  'IVR_Call',
  'Campaign_Call',
  'Campaign_VoiceMail',
  'TIKTOK',
  'ALL_IN_ONE_CHAT',
  'FORM_SUBMISSION',
] as const

export const callStatuses = ['pending', 'completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled', 'voicemail'] as const

export const messageStatuses = [
  'connected',
  'delivered',
  'failed',
  'opened',
  'pending',
  'read',
  'scheduled',
  'sent',
  'undelivered',
  'clicked',
  'opt_out',
  'queued',
] as const

export const messageSources = ['workflow', 'bulk_actions', 'campaign', 'api', 'app'] as const
