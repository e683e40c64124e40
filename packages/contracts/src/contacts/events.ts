import { event, t } from '@groundlevel/contract-kit'
import { Contact } from './contact.shapes.js'
import { Note } from './notes.contract.js'
import { Task } from './tasks.contract.js'

const body = t.Pick(Contact, [
  'id',
  'address1',
  'city',
  'state',
  'companyName',
  'country',
  'source',
  'dateAdded',
  'dateOfBirth',
  'dnd',
  'email',
  'name',
  'firstName',
  'lastName',
  'phone',
  'postalCode',
  'tags',
  'website',
  'assignedTo',
  'customFields',
])

const contactEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'contacts.readonly', payload: body, summary })

export const ContactCreate = contactEvent('ContactCreate', 'A contact was created')
export const ContactUpdate = contactEvent('ContactUpdate', 'A field of a contact changed')
export const ContactDelete = contactEvent('ContactDelete', 'A contact was deleted')
export const ContactTagUpdate = contactEvent('ContactTagUpdate', 'Tags of a contact changed')
export const ContactDndUpdate = event('ContactDndUpdate', {
  scope: 'contacts.readonly',
  payload: t.Object({ ...body.properties, dndSettings: Contact.properties.dndSettings }),
  summary: 'Do-not-disturb of a contact changed',
})

/** An allow-list: title, color and relations never leave (wire-contract §5.4). */
const note = t.Pick(Note, ['id', 'body', 'contactId', 'dateAdded'])
const noteEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'contacts.readonly', payload: note, summary })

export const NoteCreate = noteEvent('NoteCreate', 'A note was written')
export const NoteUpdate = noteEvent('NoteUpdate', 'A note changed')
export const NoteDelete = noteEvent('NoteDelete', 'A note was deleted')

const task = t.Pick(Task, ['id', 'assignedTo', 'body', 'contactId', 'title', 'dateAdded', 'dueDate'])
const taskEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'contacts.readonly', payload: task, summary })

export const TaskCreate = taskEvent('TaskCreate', 'A task was created')
/** An extension: the documented list has no event for it (wire-contract §8). */
export const TaskUpdate = taskEvent('TaskUpdate', 'A task changed')
export const TaskComplete = taskEvent('TaskComplete', 'A task was completed')
export const TaskDelete = taskEvent('TaskDelete', 'A task was deleted')
