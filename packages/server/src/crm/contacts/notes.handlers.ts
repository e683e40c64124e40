import { found } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { foundContact } from './missing-contact.js'
import { notesOf } from './notes.sql.js'

const done = { succeded: true, succeeded: true }

/** Apps send their location's id as the author (live facts); that is nobody. */
const authorOf = (sent: string | null | undefined, locationId: string, fallback: string | null) => {
  if (sent === undefined) return fallback
  return sent === locationId || sent === '' ? null : sent
}

export const noteHandlers = () =>
  implement(contract.notes, ({ db, locationId }, { contactId = '' }) => ({ notes: notesOf(db, { locationId, contactId }) }), {
    list: async ({ contactId }, { notes }) => {
      const { items, size } = await notes.list()
      if (size === 0) foundContact(await notes.contactExists(), contactId)
      return { notes: items }
    },

    create: async ({ contactId, body }, { notes, locationId, userId, newId, now, emit }) => {
      foundContact(await notes.holdContact(), contactId)
      const author = authorOf(body.userId, locationId, userId)
      const note = found(await notes.add({ pinned: false, ...body, id: newId(), userId: author, dateAdded: now }), 'Note')
      await emit('NoteCreate', note)
      return { note }
    },

    get: async ({ id }, { notes }) => ({ note: found(await notes.find(id), 'Note') }),

    update: async ({ id, body: { userId, ...change } }, { notes, locationId, emit }) => {
      const author = userId === undefined ? {} : { userId: authorOf(userId, locationId, null) }
      const note = found(await notes.change(id, { ...change, ...author }), 'Note')
      await emit('NoteUpdate', note)
      return { note }
    },

    remove: async ({ id }, { notes, emit }) => {
      await emit('NoteDelete', found(await notes.remove(id), 'Note'))
      return done
    },
  })
