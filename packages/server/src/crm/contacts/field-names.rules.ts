/** Fields of contacts that forms, templates and workflows write. */
export const contactFieldNames = [
  'firstName',
  'lastName',
  'name',
  'email',
  'phone',
  'companyName',
  'address1',
  'city',
  'state',
  'country',
  'postalCode',
  'website',
  'dateOfBirth',
  'timezone',
  'gender',
  'source',
  'assignedTo',
] as const

const others: Readonly<Record<string, string>> = {
  full_name: 'name',
  address: 'address1',
  ...Object.fromEntries(contactFieldNames.map((name) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name])),
}

const known: ReadonlySet<string> = new Set(contactFieldNames)

/** A field of contacts by the names that forms, templates and workflows know it under; undefined for what is none. */
export const contactFieldOf = (key: string): string | undefined => {
  const bare = key.replace(/^contact\./, '')
  if (known.has(bare)) return bare
  return Object.hasOwn(others, bare) ? others[bare] : undefined
}
