import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { addFolder } from './adding.js'
import { toObjectKey } from './field-keys.rules.js'
import { fieldsOf } from './fields.sql.js'

const thing = 'Folder'

/** Folders of custom fields. */
export const folderHandlers = () =>
  implement(api.customFields.folders, ({ db, locationId }) => ({ fields: fieldsOf(db, locationId) }), {
    create: async ({ body: { objectKey, name } }, { fields, newId, now }) =>
      found(await fields.findFolder(await addFolder(fields, toObjectKey(objectKey), name, { newId, now })), thing),

    update: async ({ id, body: { name } }, { fields, now }) => {
      if ((await fields.lock(id))?.documentType !== 'folder') throw missing(thing)
      await fields.change(id, { name }, now)
      return found(await fields.findFolder(id), thing)
    },

    remove: async ({ id }, { fields }) => {
      await fields.hold()
      const folder = await fields.lock(id)
      if (folder?.documentType !== 'folder') throw missing(thing)
      const next = await fields.firstFolderId(folder.objectKey, id)
      if (next) await fields.moveAll(id, next)
      else if (await fields.hasFields(id))
        throw badRequest('This is the only folder of its object and it has fields: create another one first.')
      await fields.remove(id)
      return { succeded: true, succeeded: true, id, key: folder.fieldKey }
    },
  })
