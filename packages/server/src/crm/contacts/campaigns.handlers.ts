import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { contactsOf } from './contacts.sql.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'

const done = { succeded: true, succeeded: true }

export const campaignHandlers = ({ campaigns }: Pick<ContactPorts, 'campaigns'>) =>
  implement(contract.campaigns, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    removeAll: async ({ contactId }, { contacts, db, locationId }) => {
      foundContact(await contacts.lock(contactId), contactId)
      await campaigns.removeAll(db, locationId, contactId)
      return done
    },

    add: async ({ contactId, campaignId }, { contacts, db, locationId, now }) => {
      foundContact(await contacts.lock(contactId), contactId)
      await campaigns.enrol(db, locationId, contactId, campaignId, now)
      return done
    },

    remove: async ({ contactId, campaignId }, { contacts, db, locationId }) => {
      foundContact(await contacts.lock(contactId), contactId)
      await campaigns.remove(db, locationId, contactId, campaignId)
      return done
    },
  })
