import { badRequest } from '@groundlevel/contract-kit'
import type { DataType } from '@groundlevel/contracts'
import type { FieldOption } from './definition.js'
import { freeKey, keyAsChosen, keyOfName } from './field-keys.rules.js'
import { type fieldsOf, mostFields } from './fields.sql.js'

export type Fields = ReturnType<typeof fieldsOf>

interface Making {
  readonly newId: () => string
  readonly now: Date
}

/** The folder that fields go to when nobody says where. */
const firstFolderName = 'Additional Info'

const demandRoom = async (fields: Fields) => {
  if ((await fields.count()) >= mostFields)
    throw badRequest(`This sub-account has ${mostFields} custom fields and folders, which is the most; delete one first.`)
}

/** Adds a folder; its key follows from its name. */
export const addFolder = async (fields: Fields, objectKey: string, name: string, { newId, now }: Making): Promise<string> => {
  await fields.hold()
  await demandRoom(fields)
  const fieldKey = freeKey(keyOfName(objectKey, name, 'folder'), await fields.keys(objectKey, 'folder'))
  const id = newId()
  await fields.add({ id, objectKey, documentType: 'folder', name, fieldKey, dataType: null, parentId: '', dateAdded: now })
  return id
}

/** The folder that a request names, or the first of the object, made where there is none. */
const folderFor = async (fields: Fields, objectKey: string, asked: string | undefined, making: Making): Promise<string> => {
  if (!asked) return (await fields.firstFolderId(objectKey)) ?? addFolder(fields, objectKey, firstFolderName, making)
  if (!(await fields.folderExists(objectKey, asked))) throw badRequest('Folder not found')
  return asked
}

export interface FieldInput {
  readonly objectKey: string
  readonly name: string
  /** The key that the caller wants; without it the name gives one. */
  readonly chosenKey?: string
  readonly dataType: DataType
  readonly parentId?: string
  readonly options: readonly FieldOption[]
  readonly placeholder?: string
  readonly description?: string | null
  readonly position?: number
  readonly acceptedFormats?: string[]
  readonly isMultipleFile?: boolean
  readonly maxFileLimit?: number | null
  readonly allowCustomOption?: boolean
  readonly showInForms?: boolean
}

/** Adds a field. A key from a name is counted up until it is free; a chosen one must be free. */
export const addField = async (
  fields: Fields,
  { chosenKey, parentId, ...input }: FieldInput,
  making: Making,
): Promise<string> => {
  await fields.hold()
  await demandRoom(fields)
  const { objectKey, name } = input
  const taken = await fields.keys(objectKey, 'field')
  const wanted = chosenKey === undefined ? keyOfName(objectKey, name, 'field') : keyAsChosen(objectKey, chosenKey)
  const fieldKey = freeKey(wanted, taken)
  if (chosenKey !== undefined && fieldKey !== wanted) throw badRequest(`The field key ${wanted} is already taken.`)
  const id = making.newId()
  await fields.add({
    ...input,
    id,
    documentType: 'field',
    fieldKey,
    parentId: await folderFor(fields, objectKey, parentId, making),
    dateAdded: making.now,
  })
  return id
}
