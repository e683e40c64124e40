import { type Static, unprocessable } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'
import { contactFieldOf } from '../contacts/index.js'
import type { FieldDefinition } from '../custom-fields/index.js'

export type Field = Static<typeof shapes.Form>['fields'][number]
export type Settings = Static<typeof shapes.Form>['settings']
export type FieldType = NonNullable<Field['type']>

/** Assigning is nothing that a visitor does. */
const formFieldOf = (key: string) => {
  const field = contactFieldOf(key)
  return field === 'source' || field === 'assignedTo' ? undefined : field
}

const byName: Readonly<Record<string, FieldType>> = {
  email: 'email',
  phone: 'phone',
  website: 'url',
  dateOfBirth: 'date',
}

const byDataType: Readonly<Record<string, FieldType>> = {
  LARGE_TEXT: 'long_text',
  NUMERICAL: 'number',
  MONETORY: 'number',
  PHONE: 'phone',
  EMAIL: 'email',
  DATE: 'date',
  SINGLE_OPTIONS: 'select',
  RADIO: 'radio',
  CHECKBOX: 'checkbox',
  MULTIPLE_OPTIONS: 'checkbox',
  FILE_UPLOAD: 'file',
}

/** Kinds of custom field that a page without scripts cannot ask for. */
const unasked = new Set(['SIGNATURE', 'TEXTBOX_LIST'])

/** A question with all that follows from what its key names. */
export interface Question extends Field {
  readonly type: FieldType
  readonly options: string[]
  readonly contactField: string | undefined
  readonly definition: FieldDefinition | undefined
}

const finder = (definitions: readonly FieldDefinition[]) => {
  const byKey = new Map<string, FieldDefinition>()
  for (const definition of definitions) {
    byKey.set(definition.fieldKey, definition)
    byKey.set(definition.id, definition)
  }
  return (key: string) => byKey.get(key) ?? byKey.get(`contact.${key}`)
}

/** The questions of a form over the custom fields that the sub-account has now. */
export const questionsOf = (fields: readonly Field[], definitions: readonly FieldDefinition[]): readonly Question[] => {
  const find = finder(definitions)
  return fields.map((field) => {
    const contactField = formFieldOf(field.key)
    const definition = contactField ? undefined : find(field.key)
    const implied = (contactField && byName[contactField]) || (definition && byDataType[definition.dataType]) || 'text'
    const options = field.options ?? definition?.options.map(({ label }) => label) ?? []
    return { ...field, type: field.type ?? implied, options, contactField, definition }
  })
}

/** Names of form fields that the page itself uses begin with two underscores. */
const keyForm = /^(?!__)[\w.-]+$/

const choosing = new Set<FieldType>(['select', 'radio', 'checkbox'])

const violationsOf = (question: Question, at: number, earlier: readonly Question[]): string[] => {
  const here = `fields.${at}`
  const problems: string[] = []
  if (!keyForm.test(question.key) || question.key === 'eventData' || question.key === 'fieldsOriSequance')
    problems.push(`${here}.key must be letters, digits, _ . - and not begin with __`)
  if (earlier.some(({ key }) => key === question.key)) problems.push(`${here}.key must be unique`)
  if (choosing.has(question.type) && question.options.length === 0)
    problems.push(`${here}.options should not be empty for the type ${question.type}`)
  if (question.definition && unasked.has(question.definition.dataType))
    problems.push(`${here}.key names a custom field of the type ${question.definition.dataType}, which a form cannot ask for`)
  if ((question.type === 'file') !== (question.definition?.dataType === 'FILE_UPLOAD'))
    problems.push(`${here}.type is file for a custom field of the type FILE_UPLOAD, and for no other`)
  const { showIf } = question
  if (showIf && !earlier.some(({ key }) => key === showIf.key))
    problems.push(`${here}.showIf.key must be the key of an earlier field`)
  return problems
}

/** @throws WireError 422 with everything that is wrong */
export const demandFields = (fields: readonly Field[], definitions: readonly FieldDefinition[]): void => {
  const questions = questionsOf(fields, definitions)
  const violations = questions.flatMap((question, at) => violationsOf(question, at, questions.slice(0, at)))
  if (violations.length > 0) throw unprocessable(violations)
}
