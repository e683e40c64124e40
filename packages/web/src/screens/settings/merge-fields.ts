import { locations } from '@groundlevel/contracts'
import { useAsk } from '../../api.js'

export interface MergeField {
  readonly label: string
  readonly text: string
}
export interface MergeGroup {
  readonly group: string
  readonly fields: readonly MergeField[]
}

const of = (object: string, names: Readonly<Record<string, string>>): MergeField[] =>
  Object.entries(names).map(([key, label]) => ({ label, text: `{{${object}.${key}}}` }))

const fixed: readonly MergeGroup[] = [
  {
    group: 'Contact',
    fields: of('contact', {
      first_name: 'First name',
      last_name: 'Last name',
      name: 'Full name',
      email: 'E-mail',
      phone: 'Phone',
      company_name: 'Company',
      address1: 'Street address',
      city: 'City',
      state: 'State',
      postal_code: 'Postal code',
      date_of_birth: 'Date of birth',
      source: 'Source',
    }),
  },
  {
    group: 'User',
    fields: of('user', { first_name: 'First name', last_name: 'Last name', name: 'Full name', email: 'E-mail', phone: 'Phone' }),
  },
  {
    group: 'Sub-account',
    fields: of('location', {
      name: 'Name',
      email: 'E-mail',
      phone: 'Phone',
      full_address: 'Full address',
      address: 'Street address',
      city: 'City',
      state: 'State',
      postal_code: 'Postal code',
      website: 'Website',
    }),
  },
]

const filled = (group: string, fields: readonly MergeField[]): MergeGroup[] => (fields.length > 0 ? [{ group, fields }] : [])

/** Everything that a template of the sub-account can name. */
export const useMergeFields = (locationId: string): readonly MergeGroup[] => {
  const fields = useAsk(locations.customFields.list, { locationId, query: { model: 'contact' } }).data?.customFields ?? []
  const values = useAsk(locations.customValues.list, { locationId }).data?.customValues ?? []
  const own = fields.filter(({ documentType, standard }) => documentType === 'field' && !standard)
  return [
    ...fixed,
    ...filled(
      'Custom fields',
      own.map(({ name, fieldKey }) => ({ label: name, text: `{{${fieldKey}}}` })),
    ),
    ...filled(
      'Custom values',
      values.map(({ name, fieldKey }) => ({ label: name, text: fieldKey })),
    ),
  ]
}

/** The groups that hold the searched word, with the fields that do. */
export const matching = (groups: readonly MergeGroup[], query: string): readonly MergeGroup[] => {
  const wanted = query.trim().toLowerCase()
  const has = ({ label, text }: MergeField) => `${label} ${text}`.toLowerCase().includes(wanted)
  return groups.flatMap(({ group, fields }) => filled(group, fields.filter(has)))
}
