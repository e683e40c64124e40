import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { api, type DataType } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { addField } from './adding.js'
import type { FieldOption } from './definition.js'
import { type FieldChange, fieldsOf } from './fields.sql.js'
import { type OptionInput, toFormats, toOptions } from './options.rules.js'
import type { ClearValues } from './removals.jobs.js'
import { removeField } from './removing.js'
import { asLocationField, standardField } from './standard-fields.rules.js'

const thing = 'Custom field'

interface SentOptions {
  readonly options?: readonly string[]
  readonly picklistOptions?: readonly string[]
  readonly textBoxListOptions?: readonly OptionInput[]
}

/** The document knows one list, programs write three. */
const optionsOf = ({ options, picklistOptions, textBoxListOptions }: SentOptions): readonly OptionInput[] | undefined =>
  textBoxListOptions ?? options ?? picklistOptions

interface Sent extends SentOptions {
  readonly name: string
  readonly description?: string | null
  readonly placeholder?: string | null
  readonly acceptedFormat?: readonly string[] | null
  readonly isMultipleFile?: boolean
  readonly maxNumberOfFiles?: number | null
  readonly isAllowedCustomOption?: boolean
  readonly showInForms?: boolean
  readonly position?: number
}

/** The sent columns in their stored names. */
const toColumns = (dataType: DataType | null, sent: Sent) => ({
  name: sent.name,
  ...(sent.description === undefined ? {} : { description: sent.description }),
  ...(sent.placeholder === undefined ? {} : { placeholder: sent.placeholder ?? '' }),
  ...(sent.acceptedFormat === undefined ? {} : { acceptedFormats: toFormats(dataType, sent.acceptedFormat) }),
  ...(sent.isMultipleFile === undefined ? {} : { isMultipleFile: sent.isMultipleFile }),
  ...(sent.maxNumberOfFiles === undefined ? {} : { maxFileLimit: sent.maxNumberOfFiles }),
  ...(sent.isAllowedCustomOption === undefined ? {} : { allowCustomOption: sent.isAllowedCustomOption }),
  ...(sent.showInForms === undefined ? {} : { showInForms: sent.showInForms }),
  ...(sent.position === undefined ? {} : { position: sent.position }),
})

/** Custom fields in the names of `/locations/{locationId}/customFields`. */
export const locationFieldHandlers = (clearValues: ClearValues) =>
  implement(api.locations.customFields, ({ db, locationId }) => ({ fields: fieldsOf(db, locationId) }), {
    list: async ({ query: { model } }, { fields }) => ({
      customFields: await fields.listOlder(model === 'all' ? undefined : model),
    }),

    create: async ({ body: { dataType, parentId, fieldKey, model: objectKey = 'contact', ...sent } }, { fields, newId, now }) => {
      const options = toOptions(dataType, optionsOf(sent) ?? [])
      const input = {
        ...toColumns(dataType, sent),
        objectKey,
        dataType,
        options,
        ...(parentId ? { parentId } : {}),
        ...(fieldKey ? { chosenKey: fieldKey } : {}),
      }
      const id = await addField(fields, input, { newId, now })
      return { customField: found(await fields.findOlder(id), thing) }
    },

    get: async ({ id: idOrKey }, { fields, locationId }) => {
      const standard = standardField(idOrKey)
      if (standard) return { customField: asLocationField(standard, locationId) }
      const id = found(await fields.idOf(idOrKey), thing)
      return { customField: found(await fields.findOlder(id), thing) }
    },

    update: async ({ id: idOrKey, body: { model, parentId, ...sent } }, { fields, now }) => {
      const field = found(await fields.lock(found(await fields.idOf(idOrKey), thing)), thing)
      if (model !== undefined && model !== field.objectKey) throw missing(thing)
      const change: FieldChange = toColumns(field.dataType, sent)
      const options = optionsOf(sent)
      if (parentId && !(await fields.folderExists(field.objectKey, parentId))) throw badRequest('Folder not found')
      await fields.change(
        field.id,
        {
          ...change,
          ...(parentId ? { parentId } : {}),
          ...(options && field.dataType ? { options: toOptions(field.dataType, options, field.options as FieldOption[]) } : {}),
        },
        now,
      )
      return { customField: found(await fields.findOlder(field.id), thing) }
    },

    remove: async ({ id: idOrKey }, { fields, db, locationId, now }) => {
      const id = found(await fields.idOf(idOrKey), thing)
      found(await removeField({ db, locationId, now }, fields, id, clearValues), thing)
      return { succeded: true, succeeded: true }
    },
  })
