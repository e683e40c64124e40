import type { Implementation } from '../../http/implement.js'
import { type ContactsServices, contactHandlers } from './contacts.handlers.js'
import { noteHandlers } from './notes.handlers.js'
import { type SearchServices, searchHandlers } from './search.handlers.js'
import { tagHandlers } from './tags.handlers.js'

export { unlinkBusiness } from './business-links.sql.js'
export { foldContactCounts } from './contact-counts.sql.js'
export { contactCounts, sampleContact } from './counts.sql.js'
export { clearContactField } from './field-clearing.sql.js'
export type { FieldKind } from './field-values.rules.js'
export { removeFieldValues, storeFieldValues, storeManyFieldValues } from './field-values.sql.js'
export { findPerson, removePerson } from './person.js'
export { type SeedContact, type SeedNote, seedContacts, seedNotes } from './seed.sql.js'

/** Contacts, their search, tags and notes. */
export const contactsModule = (services: ContactsServices & SearchServices): readonly Implementation[] => [
  ...contactHandlers(services),
  ...searchHandlers(services),
  ...tagHandlers(),
  ...noteHandlers(),
]
