import { nameOf } from './contact-name.js'
import { useContact } from './use-contact.js'

/** The name of the contact that the address names. */
export const ContactCrumb = () => {
  const contact = useContact().data?.contact
  return <>{contact ? nameOf(contact) : 'Contact'}</>
}
