import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { contactsOf } from './contacts.sql.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'

export const appointmentHandlers = ({ appointments }: Pick<ContactPorts, 'appointments'>) =>
  implement(contract.appointments, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    list: async ({ contactId }, { contacts, db, locationId }) => {
      const events = await appointments.ofContact(db, locationId, contactId)
      if (events.length === 0) foundContact(await contacts.idOf(contactId), contactId)
      return { events: [...events] }
    },
  })
