import { contacts as contract } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { implement } from '../../http/implement.js'
import { addFollowers, removeFollowers } from './contacts.rules.js'
import { contactsOf } from './contacts.sql.js'
import { demandUsers } from './demand-users.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'

export const followerHandlers = ({ users }: Pick<ContactPorts, 'users'>) =>
  implement(contract.followers, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    add: async ({ contactId, body }, { contacts, db, locationId, emit, principal, now }) => {
      const before = foundContact(await contacts.lock(contactId), contactId)
      await demandUsers(users, db, locationId, body.followers)
      const { followers, followersAdded } = addFollowers(before.followers, body.followers)
      if (followersAdded.length > 0) {
        const contact = await contacts.change(contactId, { followers }, authorOf(principal, now))
        await emit('ContactUpdate', foundContact(contact, contactId))
      }
      return { followers, followersAdded }
    },

    remove: async ({ contactId, body }, { contacts, emit, principal, now }) => {
      const before = foundContact(await contacts.lock(contactId), contactId)
      const { followers, followersRemoved } = removeFollowers(before.followers, body.followers)
      if (followersRemoved.length > 0) {
        const contact = await contacts.change(contactId, { followers }, authorOf(principal, now))
        await emit('ContactUpdate', foundContact(contact, contactId))
      }
      return { followers, followersRemoved }
    },
  })
