import { api } from '@groundlevel/contracts'
import type { Blobs } from '../../blobs/index.js'
import { implement } from '../../http/implement.js'
import { definitionsOf } from './fields.sql.js'
import { fieldsOfFiles } from './files.rules.js'

/** Files of one name do not hide each other: the second is listed as `name (2)`. */
const nameFor = (name: string, taken: Readonly<Record<string, string>>) => {
  if (!Object.hasOwn(taken, name)) return name
  for (let number = 2; ; number++) if (!Object.hasOwn(taken, `${name} (${number})`)) return `${name} (${number})`
}

/** Uploads for file fields. */
export const fileHandlers = (blobs: Blobs) =>
  implement(api.locations.fieldFiles, ({ db, locationId }) => ({ objects: definitionsFor(db, locationId) }), {
    upload: async ({ body: { id, maxFiles } }, { files, objects, db, locationId, now }) => {
      const definitions = (await Promise.all(objects)).flat()
      fieldsOfFiles(files, { id, maxFiles }, definitions)
      const recordId = definitions.some((field) => field.id === id) ? undefined : id
      const uploadedFiles: Record<string, string> = Object.create(null)
      const meta = []
      for (const { part, name, contentType: mimetype, encoding, ...file } of files) {
        const { url, size } = await blobs.put(db, file, { locationId, name, contentType: mimetype, recordId, now })
        uploadedFiles[nameFor(name, uploadedFiles)] = url
        meta.push({ fieldname: part, originalname: name, encoding, mimetype, size, url })
      }
      return { uploadedFiles, meta }
    },
  })

const definitionsFor = (db: Parameters<typeof definitionsOf>[0], locationId: string) =>
  ['contact', 'opportunity'].map((objectKey) => definitionsOf(db, locationId, objectKey))
