import { badRequest, Json } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newId } from '../../ids.js'
import { contactRecord, foundContact } from '../contacts/index.js'
import { conversationsOf } from './conversations.sql.js'
import { typingOf } from './live-chat.sql.js'
import { outboxPage } from './outbox.sql.js'
import { type Logged, logMessage } from './receiving.js'
import { conversationWith } from './storing.js'
import { type Work, workOf } from './work.js'

/** A signal is good for so long. */
const typingMs = 10_000

/** A review opens what `review-reply` answers. */
const openReview = async (work: Work, contactId: string) => {
  const held = await conversationWith(work, contactId, 4)
  await conversationsOf(work.db, work.locationId).change(held.id, { reviewId: newId(work.now) }, work.now)
}

/** What a local start keeps instead of sending, and the contact's side of it. */
export const outboxHandlers = () =>
  implement(api.lab.outbox, (context) => ({ context }), {
    list: async ({ query }, { db, locationId, now, principal: { onlyAssignedTo } }) => {
      const [rows, typing] = await Promise.all([
        outboxPage(db, locationId, { ...query, onlyAssignedTo }),
        typingOf(db, locationId).since(new Date(now.getTime() - typingMs)),
      ])
      const shown = rows.slice(0, query.limit).map(({ text }) => text)
      return { messages: new Json<never>(`[${shown.join(',')}]`), hasMore: rows.length > query.limit, typing }
    },

    answer: async ({ body }, { context, db, locationId }) => {
      const { contactId, type, emailMessageId, ...rest } = body
      foundContact(await contactRecord(db, locationId, contactId), contactId)
      const says = [body.message, body.html].some((text) => text !== undefined && text !== '')
      if (!says && !body.attachments?.length && type !== 'Review')
        throw badRequest('An answer says something or has an attachment.')
      const work = workOf(context)
      if (type === 'Review') await openReview(work, contactId)
      const logged: Logged = { ...rest, type, contactId, emailMessageId, direction: 'inbound', source: 'app', userId: null }
      const { dateAdded: _, contactId: __, ...told } = await logMessage(work, logged, undefined)
      return told
    },
  })
