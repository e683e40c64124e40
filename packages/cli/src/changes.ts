import { randomBytes } from 'node:crypto'
import type { createClient } from '@groundlevel/app-kit'

type Client = ReturnType<typeof createClient>

/** Where a change is made: a sub-account, by somebody who may. */
export interface Place {
  readonly client: Client
  readonly locationId: string
}

interface Traced {
  readonly traceId?: string
}

const create = async ({ client, locationId }: Place) => {
  const mark = randomBytes(4).toString('hex')
  const body = {
    locationId,
    firstName: 'Trigger',
    lastName: mark,
    email: `trigger-${mark}@example.com`,
    source: 'groundlevel trigger',
  }
  return client.contacts.contact.create({ body })
}

const withContact = async (place: Place, change: (client: Client, contactId: string) => Promise<Traced>) =>
  change(place.client, (await create(place)).contact.id)

const withNote = (place: Place, change: (client: Client, contactId: string, id: string) => Promise<Traced>) =>
  withContact(place, async (client, contactId) => {
    const { note } = await client.contacts.notes.create({ contactId, body: { body: 'Written by groundlevel trigger' } })
    return change(client, contactId, note.id)
  })

/** For each event the call that makes it happen, on a contact of its own. Resolves with the reply of the call that emits it. */
export const changes: Readonly<Record<string, (place: Place) => Promise<Traced>>> = {
  ContactCreate: create,
  ContactUpdate: (place) =>
    withContact(place, (client, contactId) => client.contacts.contact.update({ contactId, body: { city: 'Lisbon' } })),
  ContactDelete: (place) => withContact(place, (client, contactId) => client.contacts.contact.remove({ contactId })),
  ContactTagUpdate: (place) =>
    withContact(place, (client, contactId) => client.contacts.tags.add({ contactId, body: { tags: ['triggered'] } })),
  ContactDndUpdate: (place) =>
    withContact(place, (client, contactId) => client.contacts.contact.update({ contactId, body: { dnd: true } })),
  NoteCreate: (place) =>
    withContact(place, (client, contactId) =>
      client.contacts.notes.create({ contactId, body: { body: 'Written by groundlevel trigger' } }),
    ),
  NoteUpdate: (place) =>
    withNote(place, (client, contactId, id) =>
      client.contacts.notes.update({ contactId, id, body: { body: 'Changed by groundlevel trigger' } }),
    ),
  NoteDelete: (place) => withNote(place, (client, contactId, id) => client.contacts.notes.remove({ contactId, id })),
}
