import type { Db } from '../../database/wire.js'
import { contactsOf } from './contacts.sql.js'
import { foundContact } from './missing-contact.js'

/** A contact as data protection sees one: all of it, or the wire's refusal. */
export const findPerson = async (db: Db, locationId: string, contactId: string) =>
  foundContact(await contactsOf(db, locationId).find(contactId), contactId)

/** The same, gone with its notes, and no longer counted. */
export const removePerson = async (db: Db, locationId: string, contactId: string) => {
  const contacts = contactsOf(db, locationId)
  const person = foundContact(await contacts.remove(contactId), contactId)
  await contacts.addCount(-1)
  return person
}
