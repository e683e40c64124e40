import { badRequest, found } from '@groundlevel/contract-kit'
import { newId } from '../../ids.js'
import { channelOf, numberOf } from './channels.rules.js'
import { conversationsOf } from './conversations.sql.js'
import { messagesOf } from './messages.sql.js'
import { showLast, tellMessage } from './storing.js'
import type { Work } from './work.js'

interface ReviewReply {
  readonly conversationId: string
  readonly message: string
  readonly source: 'api' | 'app'
  readonly userId: string | null
}

/** Answers the review of a conversation. @throws WireError 400 where it is about none */
export const replyToReview = async (work: Work, reply: ReviewReply) => {
  const { db, locationId, now } = work
  const held = found(await conversationsOf(db, locationId).hold(reply.conversationId), 'Conversation')
  if (held.reviewId === null) throw badRequest('The conversation has no review to reply to.')
  const { messageType } = channelOf('Review')
  const row = {
    id: newId(now),
    conversationId: held.id,
    contactId: held.contactId,
    type: numberOf(messageType),
    messageType,
    direction: 'outbound' as const,
    status: 'delivered',
    body: reply.message,
    contentType: 'text/plain',
    attachments: [],
    source: reply.source,
    userId: reply.userId,
    conversationProviderId: null,
    from: null,
    to: null,
    route: null,
    scheduledAt: null,
    sortedAt: now,
    dateAdded: now,
  }
  await messagesOf(db, locationId).add(row)
  await showLast(work, held, { ...row, at: now })
  await tellMessage(work, row)
  return { conversationId: held.id, messageId: row.id, status: 'delivered' as const, msg: 'Review reply sent.' }
}
