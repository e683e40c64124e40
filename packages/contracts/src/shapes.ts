/** Shapes that queries select: the only part of a contract that SQL may know. */

export { Business } from './businesses/business.contract.js'
export { Campaign } from './campaigns/campaign.contract.js'
export { ContactAppointment } from './contacts/appointments.contract.js'
export { Contact, ContactHit, ContactRow } from './contacts/contact.shapes.js'
export { Note } from './contacts/notes.contract.js'
export { Task } from './contacts/tasks.contract.js'
export { CustomField, CustomFieldFolder, LocationCustomField } from './custom-fields/field.shapes.js'
export { Link, LinkClick } from './links/link.contract.js'
export { Location, LocationRow, LocationWritten } from './locations/location.shapes.js'
export { LocationTag } from './locations/tags.contract.js'
export { RecurringTask } from './locations/tasks.contract.js'
export { User } from './users/user.shapes.js'
