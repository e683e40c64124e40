import type { Reply } from '@groundlevel/contract-kit'
import type { customFields, DataType, locations } from '@groundlevel/contracts'

export type Field = Reply<typeof locations.customFields.list>['customFields'][number]
export type Folder = Reply<typeof customFields.fields.list>['folders'][number]

/** Data types in the words of the interface, in the order people look for them. */
export const typeNames: Readonly<Record<DataType, string>> = {
  TEXT: 'Single line',
  LARGE_TEXT: 'Multi line',
  TEXTBOX_LIST: 'Text box list',
  NUMERICAL: 'Number',
  PHONE: 'Phone',
  MONETORY: 'Monetary',
  EMAIL: 'E-mail',
  DATE: 'Date picker',
  SINGLE_OPTIONS: 'Dropdown (single)',
  MULTIPLE_OPTIONS: 'Dropdown (multiple)',
  RADIO: 'Radio select',
  CHECKBOX: 'Checkbox',
  FILE_UPLOAD: 'File upload',
}

export const objectNames = { contact: 'Contact', opportunity: 'Opportunity' } as const
export type ObjectKey = keyof typeof objectNames

export const isObject = (text: string): text is ObjectKey => text in objectNames

const choosing: ReadonlySet<DataType> = new Set(['SINGLE_OPTIONS', 'MULTIPLE_OPTIONS', 'RADIO', 'CHECKBOX'])
export const hasChoices = (type: DataType) => choosing.has(type)

/** What stands for the field's value in a template. */
export const mergeFieldOf = (field: Pick<Field, 'fieldKey'>) => `{{${field.fieldKey}}}`
