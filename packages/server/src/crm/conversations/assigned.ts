import type { AssignedRecords } from '../../assigned.js'
import { demandRow } from '../contacts/index.js'

/** Conversations, messages and e-mails of contacts. */
export const talkRecords: Pick<AssignedRecords, 'conversation' | 'message' | 'email'> = {
  conversation: demandRow('Conversation', 'conversations'),
  message: demandRow('Message', 'messages'),
  email: demandRow('Email message', 'emails'),
}
