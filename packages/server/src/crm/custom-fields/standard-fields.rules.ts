import type { DataType } from '@groundlevel/contracts'

interface StandardField {
  readonly fieldKey: string
  readonly name: string
  readonly dataType: DataType
}

const of = (object: 'contact' | 'opportunity', dataType: DataType, names: Readonly<Record<string, string>>): StandardField[] =>
  Object.entries(names).map(([key, name]) => ({ fieldKey: `${object}.${key}`, name, dataType }))

/** Fields that every record has: they are read by their key, and no custom field may take it. */
const standardFields: readonly StandardField[] = [
  ...of('contact', 'TEXT', {
    name: 'Full Name',
    first_name: 'First Name',
    last_name: 'Last Name',
    company_name: 'Business Name',
    address1: 'Street Address',
    full_address: 'Full Address',
    city: 'City',
    state: 'State',
    country: 'Country',
    postal_code: 'Postal Code',
    website: 'Website',
    timezone: 'Timezone',
    source: 'Source',
    type: 'Contact Type',
    gender: 'Gender',
    tags: 'Tags',
    id: 'Contact Id',
    assigned_to: 'Assigned To',
  }),
  ...of('contact', 'EMAIL', { email: 'Email' }),
  ...of('contact', 'PHONE', { phone: 'Phone' }),
  ...of('contact', 'DATE', { date_of_birth: 'Date Of Birth', date_added: 'Created', date_updated: 'Updated' }),
  ...of('opportunity', 'TEXT', {
    name: 'Opportunity Name',
    pipeline_id: 'Pipeline',
    pipeline_stage_id: 'Stage',
    status: 'Status',
    source: 'Opportunity Source',
    assigned_to: 'Owner',
    lost_reason_id: 'Lost Reason',
  }),
  ...of('opportunity', 'MONETORY', { monetary_value: 'Opportunity Value' }),
]

export const standardKeys: ReadonlySet<string> = new Set(standardFields.map(({ fieldKey }) => fieldKey))

export const standardField = (key: string): StandardField | undefined => standardFields.find(({ fieldKey }) => fieldKey === key)

/** A standard field in the shape of the older operations: its key is its id. */
export const asLocationField = ({ fieldKey, name, dataType }: StandardField, locationId: string) => ({
  id: fieldKey,
  name,
  fieldKey,
  placeholder: name,
  dataType,
  position: 0,
  isAllowedCustomOption: false,
  isMultiFileAllowed: false,
  locationId,
  model: fieldKey.split('.')[0] ?? '',
  documentType: 'field',
  standard: true,
  scopes: [],
})
