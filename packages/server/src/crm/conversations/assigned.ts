import { type AssignedRecords, isOthersRow } from '../contacts/index.js'

/** Conversations, messages and e-mails of contacts. */
export const talkRecords: readonly AssignedRecords[] = [
  {
    of: ['conversations.'],
    names: ['conversationId'],
    thing: () => 'Conversation',
    isForeign: (seeing, id) => isOthersRow(seeing, 'conversations', id),
  },
  {
    of: ['conversations.messages.get', 'conversations.messages.cancel', 'conversations.messages.set'],
    names: ['id', 'messageId'],
    thing: () => 'Message',
    isForeign: (seeing, id) => isOthersRow(seeing, 'messages', id),
  },
  {
    of: ['conversations.recordings.', 'conversations.transcriptions.'],
    names: ['messageId'],
    thing: () => 'Message',
    isForeign: (seeing, id) => isOthersRow(seeing, 'messages', id),
  },
  {
    of: ['conversations.emails.', 'conversations.emailStatus.'],
    names: ['id', 'emailMessageId'],
    thing: () => 'Email message',
    isForeign: (seeing, id) => isOthersRow(seeing, 'emails', id),
  },
]
