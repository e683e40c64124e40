import { type DataType, shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import type { FieldDefinition, FieldOption } from './definition.js'

const { CustomField, CustomFieldFolder, LocationCustomField } = shapes

/** Fields of an object are few enough to be listed whole; this is how many a sub-account may have. */
export const mostFields = 2000

/** Objects that the older operations know. */
const models = ['contact', 'opportunity']

export interface NewField {
  readonly id: string
  readonly objectKey: string
  readonly documentType: 'field' | 'folder'
  readonly name: string
  readonly fieldKey: string
  readonly dataType: DataType | null
  readonly parentId: string
  readonly position?: number
  readonly description?: string | null
  readonly placeholder?: string
  readonly options?: readonly FieldOption[]
  readonly acceptedFormats?: string[]
  readonly isMultipleFile?: boolean
  readonly maxFileLimit?: number | null
  readonly allowCustomOption?: boolean
  readonly showInForms?: boolean
  readonly dateAdded: Date
}

export type FieldChange = Partial<Omit<NewField, 'id' | 'objectKey' | 'documentType' | 'fieldKey' | 'dataType' | 'dateAdded'>>

const isChoice = sql<boolean>`"dataType" in ('SINGLE_OPTIONS', 'MULTIPLE_OPTIONS', 'RADIO', 'CHECKBOX', 'TEXTBOX_LIST')`

const forObjects = [
  sql<unknown>`case when ${isChoice} then options end`.as('options'),
  sql<string | null>`nullif(array_to_string("acceptedFormats", ','), '')`.as('acceptedFormats'),
  sql<boolean | null>`case when ${isChoice} then "allowCustomOption" end`.as('allowCustomOption'),
  sql<boolean>`false`.as('standard'),
] as const

const forLocations = [
  sql<unknown>`case when ${isChoice} then jsonb_path_query_array(options, '$[*].label') end`.as('picklistOptions'),
  sql<unknown>`nullif(jsonb_path_query_array(options, '$[*].url'), '[]')`.as('picklistImageOptions'),
  sql<unknown>`case when "dataType" = 'TEXTBOX_LIST' then (select coalesce(jsonb_agg(jsonb_build_object(
    'id', o -> 'key', 'label', o -> 'label', 'prefillValue', o -> 'prefillValue')), '[]') from jsonb_array_elements(options) o) end`.as(
    'textBoxListOptions',
  ),
  sql<boolean>`"allowCustomOption"`.as('isAllowedCustomOption'),
  sql<boolean>`"isMultipleFile"`.as('isMultiFileAllowed'),
  sql<unknown>`nullif("acceptedFormats", '{}')`.as('acceptedFormat'),
  sql<string>`"objectKey"`.as('model'),
  sql<boolean>`false`.as('standard'),
  sql<unknown>`'[]'::jsonb`.as('scopes'),
] as const

const objectColumns = [
  'id',
  'locationId',
  'objectKey',
  'documentType',
  'name',
  'description',
  'placeholder',
  'showInForms',
  'dataType',
  'parentId',
  'fieldKey',
  'maxFileLimit',
  'position',
  'dateAdded',
  'dateUpdated',
] as const

const locationColumns = [
  'id',
  'name',
  'fieldKey',
  'placeholder',
  'dataType',
  'position',
  'maxFileLimit',
  'locationId',
  'documentType',
  'parentId',
  'dateAdded',
] as const

const definitionColumns = [
  'id',
  'name',
  'fieldKey',
  'dataType',
  'objectKey',
  'parentId',
  'position',
  'placeholder',
  'options',
  'allowCustomOption',
  'isMultipleFile',
  'maxFileLimit',
  'acceptedFormats',
  'showInForms',
] as const

const stored = <C extends { options?: readonly FieldOption[] }>({ options, ...rest }: C) => ({
  ...rest,
  ...(options === undefined ? {} : { options: JSON.stringify(options) }),
})

const unsaid = {
  position: 0,
  description: null,
  placeholder: '',
  options: '[]',
  acceptedFormats: [],
  isMultipleFile: false,
  maxFileLimit: null,
  allowCustomOption: false,
  showInForms: true,
}

/** Custom fields and their folders of one location. */
export const fieldsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('customFields').where('locationId', '=', locationId)
  const inOrder = mine.orderBy('position').orderBy('dateAdded').orderBy('id').limit(sql.lit(mostFields))
  const ofObject = (objectKey: string, kind: 'field' | 'folder') =>
    inOrder.where('objectKey', '=', objectKey).where('documentType', '=', kind)

  return {
    /** As `/custom-fields/` shows them. */
    list: (objectKey: string, kind: 'field' | 'folder') =>
      sparseRows(db, CustomField, ofObject(objectKey, kind).select(objectColumns).select(forObjects)),
    find: (id: string) => one(db, CustomField, mine.where('id', '=', id).select(objectColumns).select(forObjects)),
    findFolder: (id: string) =>
      one(
        db,
        CustomFieldFolder,
        mine.where('id', '=', id).where('documentType', '=', 'folder').select(['id', 'objectKey', 'locationId', 'name']),
      ),

    /** As `/locations/{locationId}/customFields` shows them. */
    listOlder: (objectKey: string | undefined) => {
      const fields = inOrder.where('documentType', '=', 'field').where('objectKey', 'in', objectKey ? [objectKey] : models)
      return sparseRows(db, LocationCustomField, fields.select(locationColumns).select(forLocations))
    },
    findOlder: (id: string) => {
      const field = mine.where('id', '=', id).where('documentType', '=', 'field').where('objectKey', 'in', models)
      return one(db, LocationCustomField, field.select(locationColumns).select(forLocations))
    },

    /** The id of a field of contacts or opportunities by its id or its key. */
    idOf: async (idOrKey: string) => {
      const named = mine.where('documentType', '=', 'field').where('objectKey', 'in', models)
      const either = named.where((eb) => eb.or([eb('id', '=', idOrKey), eb('fieldKey', '=', idOrKey)]))
      return (await either.select('id').limit(sql.lit(1)).executeTakeFirst())?.id
    },

    /** What a change decides on, locked until the transaction ends. */
    lock: (id: string) => mine.where('id', '=', id).selectAll().forUpdate().executeTakeFirst(),

    /** Nobody else adds a field here until the transaction ends: keys are counted up. */
    hold: () => sql`select pg_advisory_xact_lock(hashtextextended(${`${locationId}\ncustom fields`}, 10))`.execute(db),

    keys: async (objectKey: string, kind: 'field' | 'folder') => {
      const keyed = mine.where('objectKey', '=', objectKey).where('documentType', '=', kind).select('fieldKey')
      return new Set((await keyed.limit(sql.lit(mostFields)).execute()).map(({ fieldKey }) => fieldKey))
    },
    count: async () => Number((await mine.select(({ fn }) => fn.countAll<string>().as('n')).executeTakeFirst())?.n ?? 0),

    firstFolderId: async (objectKey: string, otherThan?: string) => {
      const folders = ofObject(objectKey, 'folder').select('id').clearLimit().limit(sql.lit(1))
      return (await (otherThan ? folders.where('id', '!=', otherThan) : folders).executeTakeFirst())?.id
    },
    folderExists: async (objectKey: string, id: string) =>
      (await mine
        .where('id', '=', id)
        .where('objectKey', '=', objectKey)
        .where('documentType', '=', 'folder')
        .select('id')
        .executeTakeFirst()) !== undefined,

    hasFields: async (folderId: string) =>
      (await mine.where('parentId', '=', folderId).select('id').limit(sql.lit(1)).executeTakeFirst()) !== undefined,

    add: (field: NewField) =>
      db
        .insertInto('customFields')
        .values({ ...unsaid, ...stored(field), locationId, dateUpdated: field.dateAdded })
        .execute(),

    change: (id: string, change: FieldChange, dateUpdated: Date) =>
      db
        .updateTable('customFields')
        .set({ ...stored(change), dateUpdated })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute(),

    moveAll: (from: string, to: string) =>
      db
        .updateTable('customFields')
        .set({ parentId: to })
        .where('locationId', '=', locationId)
        .where('parentId', '=', from)
        .execute(),

    remove: (id: string) => db.deleteFrom('customFields').where('locationId', '=', locationId).where('id', '=', id).execute(),
  }
}

/**
 * The custom fields of an object, in their order.
 *
 * @param objectKey `contact`, `opportunity`, `business` or `custom_objects.<key>`
 */
export const definitionsOf = async (db: Db, locationId: string, objectKey: string): Promise<FieldDefinition[]> => {
  const rows = await db
    .selectFrom('customFields')
    .where('locationId', '=', locationId)
    .where('objectKey', '=', objectKey)
    .where('documentType', '=', 'field')
    .orderBy('position')
    .orderBy('dateAdded')
    .orderBy('id')
    .select(definitionColumns)
    .limit(sql.lit(mostFields))
    .execute()
  return rows.map((row) => ({ ...row, dataType: row.dataType as DataType, options: row.options as FieldOption[] }))
}
