import type { Reply } from '@groundlevel/contract-kit'
import type { forms } from '@groundlevel/contracts'

export type Form = Reply<typeof forms.form.get>['form']
export type FormRow = Reply<typeof forms.form.list>['forms'][number]
export type FormField = Form['fields'][number]
export type FieldType = NonNullable<FormField['type']>
export type Submission = Reply<typeof forms.formSubmissions.list>['submissions'][number]

export const typeNames: Readonly<Record<FieldType, string>> = {
  text: 'One line',
  long_text: 'Several lines',
  email: 'E-mail',
  phone: 'Phone',
  number: 'Number',
  date: 'Date',
  url: 'Web address',
  file: 'File',
  select: 'One of a list',
  radio: 'One of a few, all shown',
  checkbox: 'Several of a few',
  consent: 'Consent',
  hidden: 'Hidden',
}

export const hasOptions = (type: FieldType | undefined) => type === 'select' || type === 'radio' || type === 'checkbox'

/** Fields of a contact that an answer can go to. */
export const contactKeys: readonly (readonly [string, string, FieldType])[] = [
  ['first_name', 'First name', 'text'],
  ['last_name', 'Last name', 'text'],
  ['email', 'E-mail', 'email'],
  ['phone', 'Phone', 'phone'],
  ['company_name', 'Company', 'text'],
  ['address1', 'Street', 'text'],
  ['city', 'City', 'text'],
  ['state', 'State', 'text'],
  ['postal_code', 'Postal code', 'text'],
  ['country', 'Country', 'text'],
  ['website', 'Website', 'url'],
  ['date_of_birth', 'Date of birth', 'date'],
]

/** A key of the form's own, made of the question: `How many boats?` is how_many_boats. */
export const keyOf = (label: string, taken: readonly string[]): string => {
  const base =
    label
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 60) || 'question'
  let key = base
  for (let at = 2; taken.includes(key); at++) key = `${base}_${at}`
  return key
}
