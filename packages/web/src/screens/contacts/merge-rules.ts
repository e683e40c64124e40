import type { Contact, CustomField } from './words.js'
import { textOf, valueOfField } from './words.js'

/** One line of two contacts side by side. */
export interface MergeLine {
  readonly label: string
  readonly kept: string
  readonly merged: string
  /** Which of the two the contact has afterwards. */
  readonly from: 'kept' | 'merged' | 'both'
}

const plain: readonly (readonly [keyof Contact, string])[] = [
  ['email', 'E-mail'],
  ['phone', 'Phone'],
  ['companyName', 'Company'],
  ['website', 'Website'],
  ['source', 'Source'],
  ['address1', 'Street'],
  ['city', 'City'],
  ['state', 'State'],
  ['postalCode', 'Postal code'],
  ['country', 'Country'],
  ['timezone', 'Time zone'],
  ['dateOfBirth', 'Date of birth'],
  ['gender', 'Gender'],
]

const fullName = ({ firstName, lastName, name }: Contact) => [firstName, lastName].filter(Boolean).join(' ') || name || ''

const line = (label: string, kept: string, merged: string): MergeLine => ({
  label,
  kept,
  merged,
  from: kept === '' && merged !== '' ? 'merged' : 'kept',
})

const joined = (label: string, kept: readonly string[], merged: readonly string[]): MergeLine => ({
  label,
  kept: kept.join(', '),
  merged: merged.join(', '),
  from: merged.some((each) => !kept.includes(each)) ? 'both' : 'kept',
})

const refuses = ({ dnd, dndSettings }: Contact): string[] => [
  ...(dnd ? ['All'] : []),
  ...Object.entries(dndSettings ?? {}).flatMap(([channel, setting]) =>
    setting && (setting as { status?: string }).status !== 'inactive' ? [channel] : [],
  ),
]

/**
 * What becomes of two contacts when the first stays: it keeps its own values, takes what it lacks, and lists are joined. Lines that neither
 * has anything for are left out.
 */
export const mergeLines = (kept: Contact, merged: Contact, fields: readonly CustomField[]): readonly MergeLine[] =>
  [
    line('Name', fullName(kept), fullName(merged)),
    ...plain.map(([key, label]) => line(label, textOf(kept[key]), textOf(merged[key]))),
    ...fields.map(({ id, name }) => line(name, textOf(valueOfField(kept, id)), textOf(valueOfField(merged, id)))),
    joined('Tags', kept.tags, merged.tags),
    joined('Do not disturb', refuses(kept), refuses(merged)),
  ].filter(({ kept: a, merged: b }) => a !== '' || b !== '')
