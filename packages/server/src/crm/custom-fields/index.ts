import type { Blobs } from '../../blobs/index.js'
import type { Implementation } from '../../http/implement.js'
import { fieldHandlers } from './fields.handlers.js'
import { fileHandlers } from './files.handlers.js'
import { folderHandlers } from './folders.handlers.js'
import { locationFieldHandlers } from './location-fields.handlers.js'
import type { ClearValues } from './removals.jobs.js'

export { fieldAssets, fieldFolderAssets } from './assets.sql.js'
export type { FieldDefinition, FieldOption } from './definition.js'
export { freeKey, snakeName } from './field-keys.rules.js'
export { definitionsOf } from './fields.sql.js'
export { fieldsOfFiles } from './files.rules.js'

export { type ClearValues, clearRemovedFields } from './removals.jobs.js'
export type { FieldRemoval } from './removals.sql.js'

/** Custom fields in both versions of their operations, over one store. */
export const customFieldsModule = (clearValues: ClearValues, blobs: Blobs): readonly Implementation[] => [
  ...locationFieldHandlers(clearValues),
  ...fieldHandlers(clearValues),
  ...folderHandlers(),
  ...fileHandlers(blobs),
]
