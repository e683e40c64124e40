/** What a contact is known by in texts: its id, and each address and number that belongs to nobody else. */
interface Known {
  readonly id: string
  readonly email?: string | null
  readonly phone?: string | null
  readonly additionalEmails?: unknown
  readonly additionalPhones?: unknown
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

const shortest = 6

/** Names are not among them: they are other people's too. A text that is about this person has the id, an address or a number. */
export const termsOf = ({ id, email, phone, additionalEmails, additionalPhones }: Known): string[] => {
  const more = [...textsIn(additionalEmails), ...textsIn(additionalPhones)]
  const all = [id, email ?? '', phone ?? '', ...more].filter((term) => term.length >= shortest)
  // As an address of the API writes them.
  return [...new Set(all.flatMap((term) => [term, encodeURIComponent(term)]))]
}

/** The last thing that is told of an erased contact, so that apps can follow: nothing but its id. */
export const farewell = (contactId: string) => ({ id: contactId })
