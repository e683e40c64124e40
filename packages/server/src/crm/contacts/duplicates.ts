import { badRequest } from '@groundlevel/contract-kit'
import type { DuplicatePolicy } from './contacts.rules.js'
import type { ContactJson, Contacts } from './contacts.sql.js'

/** What a contact is known by. */
export interface Identity {
  readonly email?: string | null
  readonly phone?: string | null
}

interface Match {
  readonly field: 'email' | 'phone'
  readonly contact: ContactJson
}

/** The contact that has one of the values, looked for in the location's order. */
export const firstMatch = async (
  contacts: Contacts,
  values: Identity,
  identifiers: DuplicatePolicy['identifiers'],
): Promise<Match | undefined> => {
  for (const field of identifiers) {
    const value = values[field]
    const contact = value ? await contacts.byField(field, value) : undefined
    if (contact) return { field, contact }
  }
  return undefined
}

/** Fields of an upsert that belong to another contact than the one it found: they are left out, so that no duplicate comes of them. */
export const takenFields = async (
  contacts: Contacts,
  values: Identity,
  { field, contact: { value: contact } }: Match,
): Promise<readonly ('email' | 'phone')[]> => {
  const other = field === 'email' ? 'phone' : 'email'
  const value = values[other]
  if (!value || contact[other] === value) return []
  const owner = await contacts.byField(other, value)
  return owner && owner.value.id !== contact.id ? [other] : []
}

export const duplicated = ({ field, contact }: Match) =>
  badRequest('This location does not allow duplicated contacts.', {
    meta: { contactId: contact.value.id, contactName: contact.value.name ?? '', matchingField: field },
  })

export const held = ({ email, phone }: Identity): string[] => [email, phone].filter((each): each is string => Boolean(each))
