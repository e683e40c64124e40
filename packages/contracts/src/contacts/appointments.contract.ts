import { GET, t } from '@groundlevel/contract-kit'
import { contacts } from './module.js'

const text = t.Optional(t.String())

/** An appointment as a contact's page has it; times are text with the location's offset (live facts). */
export const ContactAppointment = t.Object({
  id: t.String(),
  calendarId: text,
  status: text,
  title: text,
  assignedUserId: text,
  notes: text,
  startTime: text,
  endTime: text,
  address: text,
  locationId: text,
  contactId: text,
  groupId: text,
  appointmentStatus: text,
  appoinmentStatus: text,
  users: t.Optional(t.Array(t.String())),
  dateAdded: text,
  dateUpdated: text,
  assignedResources: t.Optional(t.Array(t.String())),
})

export const appointments = contacts.resource(
  'appointments',
  '/contacts/:contactId/appointments',
  {
    list: GET('', {
      id: 'get-appointments-for-contact',
      summary: 'Appointments of a contact',
      reply: t.Object({ events: t.Array(ContactAppointment) }),
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
