import type { TObject, TSchema } from '@groundlevel/contract-kit'

/** Stands for a sub-account where an app has none yet. */
export const sampleLocationId = 'sampleLocation000001'

/** What fields of these names usually hold; anything else is made from its type. */
const usual: Readonly<Record<string, unknown>> = {
  id: 'sampleRecord00000001',
  contactId: 'sampleContact0000001',
  companyId: 'sampleCompany0000001',
  companyName: 'Northwind Bakery',
  userId: 'sampleUser0000000001',
  assignedTo: 'sampleUser0000000001',
  name: 'Ada Sample',
  firstName: 'Ada',
  lastName: 'Sample',
  email: 'ada.sample@example.com',
  phone: '+15550100100',
  address1: '1 Sample Street',
  city: 'Springfield',
  state: 'IL',
  country: 'US',
  postalCode: '62701',
  website: 'https://example.com',
  source: 'sample',
  dateOfBirth: '1990-04-01',
  tags: ['sample'],
  body: 'Called back, wants an offer by Friday.',
  // Of a message that a provider is to send: its channel.
  type: 'SMS',
}

interface Described {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly TSchema[]
  readonly properties?: Readonly<Record<string, TSchema>>
}

const sampleValue = (schema: TSchema, now: Date): unknown => {
  const { type, format, enum: values, anyOf, properties } = schema as Described
  if (values) return values[0]
  if (anyOf?.[0]) return sampleValue(anyOf[0], now)
  if (format === 'date-time') return now.toISOString()
  if (type === 'boolean') return false
  if (type === 'number' || type === 'integer') return 1
  if (type === 'array') return []
  if (properties) return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, sampleValue(each, now)]))
  return type === 'object' ? {} : 'sample'
}

/** A record of this shape that reads like a real one. */
export const sampleOf = (shape: TObject, now: Date): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape.properties).map(([name, schema]) => [name, name in usual ? usual[name] : sampleValue(schema, now)]),
  )
