import { api } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { implement } from '../../http/implement.js'
import { foundContact } from '../contacts/index.js'
import { fieldsOfFiles } from '../custom-fields/index.js'
import { asFiles, storeFiles } from './files.js'
import type { FormPorts } from './ports.js'

/** Files for custom fields of a contact, beside those that are there. */
export const formFileHandlers = ({ contacts, blobs, definitions }: FormPorts) =>
  implement(api.forms.formFiles, () => ({}), {
    upload: async ({ query: { contactId } }, context) => {
      const { files, db, locationId, principal, now, newId, emit } = context
      const before = foundContact(await contacts.find({ db, locationId }, contactId), contactId)
      const fields = fieldsOfFiles(files, {}, await definitions(db, locationId))
      const stored = await storeFiles(blobs, { db, locationId, recordId: contactId, now }, files, fields)
      const work = {
        db,
        locationId,
        author: authorOf(principal, now),
        now,
        newId,
        emit: (_type: string, record: object) => emit('ContactUpdate', record),
      }
      const known = (fieldId: string) => asFiles(before.customFields.find(({ id }) => id === fieldId)?.value)
      const customFields = [...stored].map(([id, value]) => ({ id, value: { ...known(id), ...value } }))
      return { contact: await contacts.change(work, contactId, { customFields }) }
    },
  })
