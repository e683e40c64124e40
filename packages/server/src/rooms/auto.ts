import type { Blobs } from '../blobs/index.js'
import { attributeContact, type ContactActs } from '../crm/contacts/index.js'
import { definitionsOf } from '../crm/custom-fields/index.js'
import { type FormPorts, formPages, formsModule } from '../crm/forms/index.js'
import type { Services } from '../services.js'

interface AutoParts {
  readonly services: Services
  readonly contacts: ContactActs
  readonly blobs: Blobs
  readonly location: FormPorts['location']
  readonly events: Pick<FormPorts, 'addEvent' | 'wake'>
}

/** Forms, surveys and workflows. */
export const autoRooms = ({ services, contacts, blobs, location, events }: AutoParts) => {
  const ports: FormPorts = {
    contacts,
    blobs,
    location,
    attribute: attributeContact,
    definitions: (db, locationId) => definitionsOf(db, locationId, 'contact'),
    addEvent: events.addEvent,
    wake: events.wake,
    publicUrl: () => services.publicUrl,
  }
  return { implementations: formsModule(ports), formPages: formPages({ db: services.db, clock: services.clock, ports }) }
}
