import { badRequest } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { implement } from '../../http/implement.js'
import { foundContact } from '../contacts/index.js'
import { fieldsOfFiles } from '../custom-fields/index.js'
import type { FormPorts } from './ports.js'

/** What follows the field's id in the name of a part. */
const fileIdOf = (part: string) => part.slice(part.indexOf('_') + 1) || part

const asFiles = (value: unknown): Record<string, unknown> => {
  if (Array.isArray(value)) return Object.fromEntries(value.map((file, at) => [String(at), file]))
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Files for custom fields of a contact, beside those that are there. */
export const formFileHandlers = ({ contacts, blobs, definitions }: FormPorts) =>
  implement(api.forms.formFiles, () => ({}), {
    upload: async ({ query: { contactId } }, context) => {
      const { files, db, locationId, principal, now, newId, emit } = context
      const before = foundContact(await contacts.find({ db, locationId }, contactId), contactId)
      const fields = fieldsOfFiles(files, {}, await definitions(db, locationId))
      const values = new Map<string, Record<string, unknown>>()
      for (const [at, file] of files.entries()) {
        const field = fields[at]
        if (!field) throw badRequest(`The part ${JSON.stringify(file.part)} names no file field.`)
        const held = values.get(field.id) ?? asFiles(before.customFields.find(({ id }) => id === field.id)?.value)
        const { part: fieldname, name: originalname, contentType: mimetype, encoding } = file
        const { id, url, size } = await blobs.put(db, file, {
          locationId,
          name: originalname,
          contentType: mimetype,
          recordId: contactId,
          now,
        })
        held[fileIdOf(fieldname)] = { meta: { fieldname, originalname, mimetype, encoding, uuid: id, size }, url, documentId: id }
        values.set(field.id, held)
      }
      const work = {
        db,
        locationId,
        author: authorOf(principal, now),
        now,
        newId,
        emit: (_type: string, record: object) => emit('ContactUpdate', record),
      }
      const customFields = [...values].map(([id, value]) => ({ id, value }))
      return { contact: await contacts.change(work, contactId, { customFields }) }
    },
  })
