import { type RawBuilder, sql } from 'kysely'
import type { Cell, Cells, Condition, Group, SortCells } from '../filters/index.js'

/** What the search of contacts asks of other rooms; what is absent is empty. */
export interface SearchCellPorts {
  /** Name of the business with this id, as a part of a query. */
  readonly businessName?: (locationId: string, businessId: RawBuilder<unknown>) => RawBuilder<string | null>
  /** Whether the contact with this id has an opportunity for which the conditions hold, as a part of a query. */
  readonly opportunity?: (locationId: string, contactId: RawBuilder<unknown>, inner: Group) => RawBuilder<boolean>
  /** Opportunities of the contact with this id, as a list. */
  readonly opportunities?: (locationId: string, contactId: RawBuilder<unknown>) => RawBuilder<unknown>
}

const column = (name: string) => sql.ref(`contacts.${name}`)
const plain = (name: string): Cell => ({ in: 'column', of: column(name) })
const lower = (name: string): Cell => ({ in: 'column', of: sql`lower(${column(name)})` })
const nothing = (type: 'text' | 'boolean' | 'timestamptz' | 'text[]'): RawBuilder<unknown> => sql`null::${sql.raw(type)}`

/** Names, e-mail, phone and company lie in the text that has an index of trigrams: three letters can be looked up in it. */
const inSearchText = (of: RawBuilder<unknown>): Cell => ({
  in: 'column',
  of,
  implied: {
    byText: (pattern) => (pattern.length >= 5 ? sql<boolean>`${column('searchText')} like ${pattern}` : sql<boolean>`true`),
  },
})

const businessNameOf = ({ businessName }: SearchCellPorts, locationId: string) =>
  businessName
    ? sql`case when ${column('businessId')} is not null then lower(${businessName(locationId, column('businessId'))}) end`
    : nothing('text')

const withBusiness = sql<boolean>`${column('businessId')} is not null`

/** Filed in the column of its kind; the columns before it in the index are empty (migration 0009). */
const filedIn = ({ type, operator }: Condition): { readonly of: RawBuilder<unknown>; readonly before: RawBuilder<unknown> } => {
  if (type === 'number') return { of: sql`v.num`, before: sql`` }
  if (type === 'date') return { of: sql`v.at`, before: sql` and v.num is null` }
  const of = operator === 'eq' || operator === 'not_eq' ? sql`left(v.text, 100)` : sql`v.text`
  return { of, before: sql` and v.num is null and v.at is null` }
}

const customCell = (
  locationId: string,
  { id, optionId, several }: NonNullable<Condition['custom']>,
  condition: Condition,
): Cell => {
  const { of, before } = filedIn(condition)
  const presence = condition.operator === 'exists' || condition.operator === 'not_exists'
  const box = optionId === undefined ? sql`` : sql` and v."optionId" = ${optionId}`
  const rows = (test: RawBuilder<boolean>) =>
    sql`v."locationId" = ${locationId} and v."fieldId" = ${id}${box}${presence ? sql`` : before} and ${test}`
  const some = (test: RawBuilder<boolean>) => sql<boolean>`exists (
    select from "contactFieldValues" v where ${rows(test)} and v."contactId" = contacts.id)`
  const idsOf = (test: RawBuilder<boolean>) => sql`select v."contactId" as id from "contactFieldValues" v where ${rows(test)}`
  return { in: 'rows', of, some, ...(several ? {} : { idsOf }) }
}

/** Where the values of each field lie. Fields that nothing here fills yet are empty, so that filters on them tell the truth. */
export const contactCells = (locationId: string, ports: SearchCellPorts): Cells => ({
  fields: {
    id: plain('id'),
    address: lower('address1'),
    businessName: { in: 'column', of: businessNameOf(ports, locationId), implied: { byPresence: withBusiness } },
    city: lower('city'),
    companyName: inSearchText(sql`lower(${column('companyName')})`),
    firstNameLowerCase: inSearchText(column('firstNameLowerCase')),
    lastNameLowerCase: inSearchText(column('lastNameLowerCase')),
    phone: inSearchText(column('phone')),
    postalCode: lower('postalCode'),
    source: lower('source'),
    state: lower('state'),
    tags: { in: 'array', of: column('tags') },
    assignedTo: plain('assignedTo'),
    country: lower('country'),
    dnd: plain('dnd'),
    email: plain('email'),
    followers: { in: 'array', of: column('followers') },
    isValidWhatsapp: { in: 'column', of: nothing('boolean') },
    timezone: lower('timezone'),
    type: plain('type'),
    validEmail: { in: 'column', of: nothing('boolean') },
    website: lower('website'),
    activeWorkflows: { in: 'array', of: sql`'{}'::text[]` },
    finishedWorkflows: { in: 'array', of: sql`'{}'::text[]` },
    contactName: lower('contactName'),
    dateAdded: plain('dateAdded'),
    dateUpdated: plain('dateUpdated'),
    // Kept as the wire has it: midnight in UTC, which sorts as text.
    dateOfBirth: { in: 'column', of: sql`(${column('dateOfBirth')} collate "C")`, dates: 'iso' },
    lastEmailClickedDate: { in: 'column', of: nothing('timestamptz') },
    lastEmailOpenedDate: { in: 'column', of: nothing('timestamptz') },
    lastAppointment: { in: 'column', of: nothing('timestamptz') },
  },
  custom: (custom, condition) => customCell(locationId, custom, condition),
  ...(ports.opportunity
    ? { nested: { opportunities: (inner: Group) => ports.opportunity?.(locationId, column('id'), inner) ?? sql<boolean>`false` } }
    : {}),
})

export const contactSortCells = (locationId: string, ports: SearchCellPorts): SortCells => ({
  id: sql.ref<string>('contacts.id'),
  fields: {
    firstNameLowerCase: column('firstNameLowerCase'),
    lastNameLowerCase: column('lastNameLowerCase'),
    businessName: businessNameOf(ports, locationId),
    dateAdded: column('dateAdded'),
    dateUpdated: column('dateUpdated'),
    email: column('email'),
    dnd: column('dnd'),
    source: sql`lower(${column('source')})`,
  },
  implied: { businessName: withBusiness },
})
