import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { noticesOf } from './notices.sql.js'
import { staffMessagesOf } from './staff-messages.sql.js'

export const noticeHandlers = () =>
  implement(api.notices.notices, ({ db, locationId }) => ({ notices: noticesOf(db, locationId) }), {
    list: async ({ query }, { notices, userId }) => {
      if (userId === null) return { notices: [], unread: 0 }
      return { notices: await notices.list(userId, query.limit), unread: await notices.unread(userId) }
    },

    read: async ({ body: { ids } }, { notices, userId, now }) => {
      if (userId !== null) await notices.read(userId, ids, now)
      return { succeeded: true }
    },
  })

/** What a local start keeps of messages to people who are no contacts. */
export const staffOutboxHandlers = () =>
  implement(api.lab.staffOutbox, () => ({}), {
    list: async ({ query }, { db, locationId }) => ({ messages: await staffMessagesOf(db, locationId).list(query.limit) }),
  })
