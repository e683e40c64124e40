import { found } from '@groundlevel/contract-kit'
import { api, type DataType } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { addField } from './adding.js'
import type { FieldOption } from './definition.js'
import { nameOfKey, toObjectKey } from './field-keys.rules.js'
import { fieldsOf } from './fields.sql.js'
import { demandAll, toFormats, toOptions } from './options.rules.js'
import type { ClearValues } from './removals.jobs.js'
import { removeField } from './removing.js'

const thing = 'Custom field'

interface Sent {
  readonly name?: string
  readonly description?: string | null
  readonly placeholder?: string | null
  readonly acceptedFormats?: string | readonly string[] | null
  readonly maxFileLimit?: number | null
  readonly allowCustomOption?: boolean
  readonly showInForms?: boolean
}

/** The sent columns in their stored form. */
const toColumns = (dataType: DataType | null, { placeholder, acceptedFormats, maxFileLimit, ...sent }: Sent) => ({
  ...sent,
  ...(placeholder === undefined ? {} : { placeholder: placeholder ?? '' }),
  ...(acceptedFormats === undefined ? {} : { acceptedFormats: toFormats(dataType, acceptedFormats) }),
  ...(maxFileLimit === undefined ? {} : { maxFileLimit, isMultipleFile: (maxFileLimit ?? 1) > 1 }),
})

/** Custom fields of any object. */
export const fieldHandlers = (clearValues: ClearValues) =>
  implement(api.customFields.fields, ({ db, locationId }) => ({ fields: fieldsOf(db, locationId) }), {
    create: async ({ body: { locationId: _, options, fieldKey, parentId, ...sent } }, { fields, newId, now }) => {
      const { objectKey: asked, dataType, ...columns } = sent
      const input = {
        ...toColumns(dataType, columns),
        objectKey: toObjectKey(asked),
        dataType,
        parentId,
        chosenKey: fieldKey,
        name: sent.name ?? nameOfKey(fieldKey),
        options: toOptions(dataType, options ?? []),
      }
      const id = await addField(fields, input, { newId, now })
      return { field: found(await fields.find(id), thing) }
    },

    list: async ({ objectKey: asked }, { fields }) => {
      const objectKey = toObjectKey(asked)
      return { fields: await fields.list(objectKey, 'field'), folders: await fields.list(objectKey, 'folder') }
    },

    get: async ({ id }, { fields }) => ({ field: found(await fields.find(id), thing) }),

    update: async ({ id, body: { locationId: _, options, ...sent } }, { fields, now }) => {
      const field = found(await fields.lock(id), thing)
      const before = field.options as FieldOption[]
      const after = options && field.dataType ? toOptions(field.dataType, options, before) : undefined
      if (after) demandAll(before, after)
      await fields.change(id, { ...toColumns(field.dataType, sent), ...(after ? { options: after } : {}) }, now)
      return { field: found(await fields.find(id), thing) }
    },

    remove: async ({ id }, { fields, db, locationId, now }) => {
      const removed = found(await removeField({ db, locationId, now }, fields, id, clearValues), thing)
      return { succeded: true, succeeded: true, ...removed }
    },
  })
