/** What a contact is called: name, else e-mail, else phone number. */
export const nameOf = (contact: {
  readonly contactName?: string | null
  readonly name?: string | null
  readonly email?: string | null
  readonly phone?: string | null
}): string => contact.contactName || contact.name || contact.email || contact.phone || 'Nameless contact'
