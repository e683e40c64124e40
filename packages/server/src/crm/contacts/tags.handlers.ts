import { contacts as contract } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { implement } from '../../http/implement.js'
import { keepTags } from '../tags/index.js'
import { addTags, removeTags } from './contacts.rules.js'
import { contactsOf } from './contacts.sql.js'
import { foundContact } from './missing-contact.js'

export const tagHandlers = () =>
  implement(contract.tags, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    add: async ({ contactId, body }, { contacts, db, locationId, emit, principal, now }) => {
      const before = foundContact(await contacts.lock(contactId), contactId)
      const { tags, tagsAdded } = addTags(before.tags, body.tags)
      if (tagsAdded.length > 0) {
        await keepTags(db, locationId, tagsAdded, now)
        const contact = await contacts.change(contactId, { tags }, authorOf(principal, now))
        await emit('ContactTagUpdate', foundContact(contact, contactId))
      }
      return { tags, tagsAdded }
    },

    remove: async ({ contactId, body }, { contacts, emit, principal, now }) => {
      const before = foundContact(await contacts.lock(contactId), contactId)
      const { tags, tagsRemoved } = removeTags(before.tags, body.tags)
      if (tagsRemoved.length > 0) {
        const contact = await contacts.change(contactId, { tags }, authorOf(principal, now))
        await emit('ContactTagUpdate', foundContact(contact, contactId))
      }
      return { tags, tagsRemoved }
    },
  })
