import { badRequest } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { listMeta } from './contacts.paging.js'
import { policyOf, toChange } from './contacts.rules.js'
import { type ContactJson, contactsOf, type Start } from './contacts.sql.js'
import { duplicated, firstMatch, held, takenFields } from './duplicates.js'
import { foundContact } from './missing-contact.js'
import type { ContactsServices } from './ports.js'
import type { SearchServices } from './search.handlers.js'
import { type Changed, writerOf } from './writing.js'

type Emit = (type: 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate', record: ContactJson) => Promise<void>

const emitChange = async (changed: Changed, emit: Emit) => {
  if (changed.fields) await emit('ContactUpdate', changed.contact)
  if (changed.tags) await emit('ContactTagUpdate', changed.contact)
  if (changed.dnd) await emit('ContactDndUpdate', changed.contact)
}

const done = { succeded: true, succeeded: true }

const startOf = (query: { startAfter?: number; startAfterId?: string; page?: number; limit: number }): Start => {
  if (query.startAfter !== undefined && query.startAfterId)
    return { after: { dateAdded: new Date(query.startAfter), id: query.startAfterId } }
  const offset = ((query.page ?? 1) - 1) * query.limit
  if (offset + query.limit > 1_000_000)
    throw badRequest('page × limit ends at 1 000 000; go on with startAfter and startAfterId of the last page.')
  return { offset }
}

export const contactHandlers = (services: ContactsServices & SearchServices) => {
  const { locations, publicUrl } = services
  const rulesOf = async (locationId: string) => {
    const location = await locations.location(locationId)
    return { country: location?.country ?? null, policy: policyOf(location?.settings ?? {}) }
  }

  return implement(contract.contact, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    list: async ({ query }, { contacts, locationId }) => {
      const listed = query.query && services.searches ? contactsOf(services.searches, locationId) : contacts
      const { items, size, last, total } = await listed.list(query.query, query.limit, startOf(query))
      return { contacts: items, meta: listMeta({ query, size, last, total, base: publicUrl(), locationId }), count: total }
    },

    create: async ({ body }, context) => {
      const { contacts, emit } = context
      const { country, policy } = await rulesOf(context.locationId)
      const identity = toChange(body, country)
      if (!policy.allowed) {
        await contacts.holdIdentity(held(identity))
        const match = await firstMatch(contacts, identity, policy.identifiers)
        if (match) throw duplicated(match)
      }
      const contact = await writerOf(services, context, country).create(body)
      await emit('ContactCreate', contact)
      return { contact }
    },

    upsert: async ({ body: { createNewIfDuplicateAllowed, locationId: _, ...input } }, context) => {
      const { contacts, emit } = context
      const { country, policy } = await rulesOf(context.locationId)
      const identity = toChange(input, country)
      await contacts.holdIdentity(held(identity))
      const fresh = policy.allowed && createNewIfDuplicateAllowed === true
      const match = fresh ? undefined : await firstMatch(contacts, identity, policy.identifiers)
      const writer = writerOf(services, context, country)
      if (!match) {
        const contact = await writer.add(input)
        await emit('ContactCreate', contact)
        return { new: true, ...done, contact }
      }
      const taken = await takenFields(contacts, identity, match)
      const own = { ...input, ...Object.fromEntries(taken.map((field) => [field, undefined])) }
      const changed = await writer.change(match.contact.value.id, own)
      await emitChange(changed, emit)
      return { new: false, ...done, contact: changed.contact }
    },

    get: async ({ contactId }, { contacts }) => ({ contact: foundContact(await contacts.find(contactId), contactId) }),

    update: async ({ contactId, body }, context) => {
      const { country, policy } = await rulesOf(context.locationId)
      const identity = toChange(body, country)
      if (!policy.allowed && held(identity).length > 0) {
        await context.contacts.holdIdentity(held(identity))
        const match = await firstMatch(context.contacts, identity, policy.identifiers)
        if (match && match.contact.value.id !== contactId) throw duplicated(match)
      }
      const changed = await writerOf(services, context, country).change(contactId, body)
      await emitChange(changed, context.emit)
      return { ...done, contact: changed.contact }
    },

    remove: async ({ contactId }, { contacts, emit }) => {
      const contact = foundContact(await contacts.remove(contactId), contactId)
      await contacts.addCount(-1)
      await emit('ContactDelete', contact)
      return done
    },
  })
}
