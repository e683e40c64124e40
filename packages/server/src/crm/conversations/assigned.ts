import type { AssignedRecords } from '../../assigned.js'
import { demandRow } from '../contacts/index.js'

/** Conversations, messages and e-mails of contacts. */
export const talkRecords: Pick<AssignedRecords, 'conversation' | 'message' | 'thread' | 'email'> = {
  conversation: demandRow('Conversation', 'conversations'),
  message: demandRow('Message', 'messages'),
  thread: demandRow('Thread', 'messages'),
  email: demandRow('Email message', 'emails'),
}
