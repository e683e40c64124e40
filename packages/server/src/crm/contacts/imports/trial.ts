import type { KnownContact, Plan } from './plan.rules.js'

/** What a trial has "made" so far, by e-mail and phone: rows further down must be judged as if it were there. */
export interface Trial {
  known(wanted: { readonly emails: readonly string[]; readonly phones: readonly string[] }): KnownContact[]
  remember(plan: Plan): void
}

export const createTrial = (): Trial => {
  // Ids alone: a trial of a million rows is to be held in memory.
  const emails = new Map<string, string>()
  const phones = new Map<string, string>()
  const contact = (id: string, email: string | null, phone: string | null): KnownContact => ({
    id,
    email,
    phone,
    dnd: false,
    tags: [],
    customFields: [],
  })
  return {
    known: (wanted) => [
      ...wanted.emails.flatMap((email) => (emails.has(email) ? contact(emails.get(email) ?? '', email, null) : [])),
      ...wanted.phones.flatMap((phone) => (phones.has(phone) ? contact(phones.get(phone) ?? '', null, phone) : [])),
    ],
    remember: ({ created }) => {
      for (const { id, change } of created) {
        if (change.email && !emails.has(change.email)) emails.set(change.email, id)
        if (change.phone && !phones.has(change.phone)) phones.set(change.phone, id)
      }
    },
  }
}
