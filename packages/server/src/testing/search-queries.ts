import { manyFields } from './many-contacts.js'

/** A search that must stay fast, by what it is for. */
export interface NamedQuery {
  readonly name: string
  readonly body: { readonly query?: string; readonly filters?: readonly object[]; readonly sort?: readonly object[] }
}

const is = (field: string, value: unknown) => ({ field, operator: 'eq', value })
const custom = ({ id }: { id: string }) => `customFields.${id}`

/** The twelve filter queries whose time is promised (decision 0027), over the contacts of `addManyContacts`. */
export const namedQueries: readonly NamedQuery[] = [
  { name: 'a tag', body: { filters: [is('tags', 'tag 7')] } },
  { name: 'a rare tag and an owner', body: { filters: [is('tags', 'rare'), { field: 'assignedTo', operator: 'exists' }] } },
  { name: 'a city that many have', body: { filters: [is('city', 'City 3')] } },
  { name: 'a city that few have', body: { filters: [is('city', 'City 1990')] } },
  { name: 'an e-mail address', body: { filters: [is('email', 'person77@mail77.example')] } },
  {
    name: 'an owner, by first name',
    body: { filters: [is('assignedTo', 'owner7')], sort: [{ field: 'firstNameLowerCase', direction: 'asc' }] },
  },
  {
    name: 'a month, by last name',
    body: {
      filters: [{ field: 'dateAdded', operator: 'range', value: { gte: '2026-09-01', lte: '2026-09-30' } }],
      sort: [{ field: 'lastNameLowerCase', direction: 'desc' }],
    },
  },
  {
    name: 'a number from a custom field',
    body: { filters: [{ field: custom(manyFields.size), operator: 'range', value: { gte: 990 } }] },
  },
  { name: 'an option of a custom field', body: { filters: [is(custom(manyFields.tier), 'gold')] } },
  {
    name: 'a date from a custom field',
    body: {
      filters: [{ field: custom(manyFields.renewal), operator: 'range', value: { gte: '2026-06-01', lte: '2026-06-02' } }],
    },
  },
  { name: 'part of a company’s name', body: { filters: [{ field: 'companyName', operator: 'contains', value: 'pany 1234' }] } },
  {
    name: 'one of two sources with an e-mail address, without a tag',
    body: {
      filters: [
        { group: 'OR', filters: [is('source', 'referral'), is('country', 'FR')] },
        { field: 'email', operator: 'exists' },
        { field: 'tags', operator: 'not_eq', value: 'tag 7' },
      ],
    },
  },
]

/** Texts that people type: one letter, two, a name that many have, a part of one address. */
export const namedTexts: readonly NamedQuery[] = [
  { name: 'one letter', body: { query: 'j' } },
  { name: 'two letters', body: { query: 'jo' } },
  { name: 'a first name', body: { query: 'johna' } },
  { name: 'first and last name', body: { query: 'johna jones1' } },
  { name: 'part of an e-mail address', body: { query: 'person123' } },
]
