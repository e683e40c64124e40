import type { ValueField } from '../custom-fields.rules.js'
import { fieldFinder } from '../custom-fields.rules.js'

/** Longest text of each field that a column can be put into. */
const lengths = {
  id: 50,
  name: 400,
  firstName: 200,
  lastName: 200,
  email: 320,
  phone: 64,
  companyName: 400,
  address1: 500,
  city: 200,
  state: 200,
  country: 100,
  postalCode: 40,
  website: 2000,
  timezone: 100,
  dateOfBirth: 40,
  gender: 40,
  source: 500,
  type: 20,
  assignedTo: 50,
  dnd: 10,
  tags: 20_000,
} as const

export type ImportField = keyof typeof lengths

export const longest = (field: ImportField): number => lengths[field]

/** Where a column goes. */
export type Target = { readonly field: ImportField } | { readonly custom: ValueField }

/** Columns by the header they have in the file; '' leaves one out. */
export type Mapping = Readonly<Record<string, string>>

/** Names that other programs give these fields, without case, blanks and punctuation. */
const synonyms: Readonly<Record<string, ImportField>> = {
  contactid: 'id',
  fullname: 'name',
  contactname: 'name',
  first: 'firstName',
  givenname: 'firstName',
  last: 'lastName',
  surname: 'lastName',
  familyname: 'lastName',
  mail: 'email',
  emailaddress: 'email',
  phonenumber: 'phone',
  mobile: 'phone',
  mobilephone: 'phone',
  telephone: 'phone',
  tel: 'phone',
  cell: 'phone',
  company: 'companyName',
  businessname: 'companyName',
  organization: 'companyName',
  organisation: 'companyName',
  address: 'address1',
  street: 'address1',
  streetaddress: 'address1',
  town: 'city',
  region: 'state',
  province: 'state',
  zip: 'postalCode',
  zipcode: 'postalCode',
  postcode: 'postalCode',
  url: 'website',
  tz: 'timezone',
  birthday: 'dateOfBirth',
  birthdate: 'dateOfBirth',
  dob: 'dateOfBirth',
  leadsource: 'source',
  contacttype: 'type',
  owner: 'assignedTo',
  assigneduser: 'assignedTo',
  donotdisturb: 'dnd',
  tag: 'tags',
  labels: 'tags',
}

const squeeze = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

const byName = new Map<string, ImportField>([
  ...Object.entries(synonyms),
  ...(Object.keys(lengths) as ImportField[]).map((field) => [squeeze(field), field] as const),
])

const isField = (name: string): name is ImportField => Object.hasOwn(lengths, name)

/** What a header says by itself: a field, or a custom field by its key, id or name. */
const guess = (header: string, custom: readonly ValueField[], find: ReturnType<typeof fieldFinder>): Target | undefined => {
  const field = byName.get(squeeze(header))
  if (field) return { field }
  const named =
    find({ id: header }) ??
    find({ key: header }) ??
    custom.find(({ name }) => name !== undefined && squeeze(name) === squeeze(header) && squeeze(header) !== '')
  return named && { custom: named }
}

/** What a caller's mapping says of a header, or why that is impossible. */
const chosen = (target: string, find: ReturnType<typeof fieldFinder>): Target | undefined => {
  if (isField(target)) return { field: target }
  const custom = find({ id: target }) ?? find({ key: target })
  return custom && { custom }
}

/** Where each column goes, in the order of the columns, or why the mapping does not work. */
export const targetsOf = (
  headers: readonly string[],
  mapping: Mapping,
  custom: readonly ValueField[],
): { readonly targets: readonly (Target | undefined)[] } | { readonly problem: string } => {
  const find = fieldFinder(custom)
  const unknown = Object.keys(mapping).find((header) => !headers.includes(header))
  if (unknown !== undefined)
    return { problem: `The mapping names a column ${JSON.stringify(unknown)}, which the file does not have.` }
  const taken = new Set<string>()
  const targets: (Target | undefined)[] = []
  for (const header of headers) {
    const wanted = Object.hasOwn(mapping, header) ? mapping[header] : undefined
    const target = wanted === '' ? undefined : wanted === undefined ? guess(header, custom, find) : chosen(wanted, find)
    if (wanted && !target)
      return {
        problem: `The mapping puts ${JSON.stringify(header)} into ${JSON.stringify(wanted)}, which is no field of a contact.`,
      }
    const name = target && ('field' in target ? target.field : target.custom.id)
    if (wanted && name !== undefined && taken.has(name)) return { problem: `The mapping puts two columns into ${wanted}.` }
    targets.push(name === undefined || taken.has(name) ? undefined : target)
    if (name !== undefined) taken.add(name)
  }
  if (targets.every((target) => target === undefined))
    return {
      problem: 'No column of the file could be put into a field: name them in the mapping, or in the first line of the file.',
    }
  return { targets }
}

/** The mapping as it is told: header to field, or ''. */
export const mappingOf = (headers: readonly string[], targets: readonly (Target | undefined)[]): Mapping =>
  Object.fromEntries(
    headers.map((header, at) => {
      const target = targets[at]
      return [header, target ? ('field' in target ? target.field : target.custom.fieldKey) : '']
    }),
  )
