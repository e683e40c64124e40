import type { Implementation } from '../../http/implement.js'
import { appointmentHandlers } from './appointments.handlers.js'
import { bulkHandlers } from './bulk.handlers.js'
import { campaignHandlers } from './campaigns.handlers.js'
import { contactHandlers } from './contacts.handlers.js'
import { followerHandlers } from './followers.handlers.js'
import { csvHandlers } from './imports/csv.handlers.js'
import { importHandlers } from './imports/imports.handlers.js'
import type { Importer } from './imports/imports.jobs.js'
import { mergeHandlers } from './merge.handlers.js'
import { noteHandlers } from './notes.handlers.js'
import type { ContactsServices } from './ports.js'
import { type SearchServices, searchHandlers } from './search.handlers.js'
import { tagHandlers } from './tags.handlers.js'

export { type ContactActs, type ContactWork, contactActs } from './acts.js'
export { contactRecords, demandRow } from './assigned.js'
export { idsAssigned, isAssigned } from './assigned.sql.js'
export { type Attribution, attributionOf, type Visit } from './attribution.rules.js'
export { idsOfBusiness, unlinkBusiness } from './business-links.sql.js'
export {
  besideContact,
  contactCountry,
  contactName,
  contactNameAndZone,
  contactsMatching,
  contactTest,
  notesOfContact,
} from './cards.sql.js'
export { foldContactCounts } from './contact-counts.sql.js'
export { setContactType } from './contact-type.sql.js'
export { addFollowers, phoneIn, removeFollowers } from './contacts.rules.js'
export { contactCounts, sampleContact } from './counts.sql.js'
export { type CustomFieldInput, mergeValues, readValues, type ValueField } from './custom-fields.rules.js'
export { demandUsers, unknownUser } from './demand-users.js'
export { contactFaces, contactIdsMatching, contactIdsOfUsers, contactWishes, wishForChannel } from './faces.sql.js'
export { contactFieldNames, contactFieldOf } from './field-names.rules.js'
export { type FieldKind, typedValues } from './field-values.rules.js'
export { clearContactField } from './field-values.sql.js'
export { type DayAbout, dayIds, holdContacts, taggedIds, takeContacts } from './holds.sql.js'
export { createImporter } from './imports/imports.jobs.js'
export { sweepImports } from './imports/imports.sql.js'
export { foundContact } from './missing-contact.js'
export { findPerson, removePerson } from './person.js'
export type { ContactPorts, ContactsServices, ContactUsers, Gone } from './ports.js'
export { contactRecord } from './record.sql.js'
export { countTagged, retagAll, retagSome } from './retag.sql.js'
export { type SeedContact, type SeedNote, seedContacts, seedNotes } from './seed.sql.js'
export { attributeContact, touchContact } from './touches.sql.js'
export { noAppointments, noBusinesses, noCampaigns } from './unplugged.js'

/** Contacts and all that hangs on them. */
export const contactsModule = (services: ContactsServices & SearchServices, importer?: Importer): readonly Implementation[] => [
  ...contactHandlers(services),
  ...searchHandlers(services),
  ...tagHandlers(),
  ...followerHandlers(services),
  ...bulkHandlers(services),
  ...campaignHandlers(services),
  ...appointmentHandlers(services),
  ...noteHandlers(),
  ...mergeHandlers(services),
  ...(importer ? [...csvHandlers(services, importer), ...importHandlers(importer)] : []),
]
