import { badRequest, forbidden, WireError } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { contactActs, rulesOf, workOf } from './acts.js'
import { isAssigned } from './assigned.sql.js'
import { emitChange } from './change-events.js'
import { listMeta, type Paged, sortedBy } from './contacts.paging.js'
import { type ContactInput, toChange } from './contacts.rules.js'
import { contactsOf, type Start } from './contacts.sql.js'
import { duplicated, firstMatch, held } from './duplicates.js'
import { foundContact } from './missing-contact.js'
import type { ContactsServices } from './ports.js'
import type { SearchServices } from './search.handlers.js'
import { writerOf } from './writing.js'

type Asked = Pick<Context, 'db' | 'locationId' | 'principal'>

/** Who sees only what is assigned to them is given what they make, else they would not see it. */
const forThem = ({ principal: { onlyAssignedTo } }: Pick<Asked, 'principal'>): ContactInput =>
  onlyAssignedTo === undefined ? {} : { assignedTo: onlyAssignedTo }

const demandTheirs = async (id: string, { db, locationId, principal: { onlyAssignedTo } }: Asked): Promise<void> => {
  if (onlyAssignedTo === undefined || (await isAssigned(db, locationId, id, onlyAssignedTo))) return
  throw forbidden('There is such a contact, and it is assigned to somebody else.', 'The user has assignedDataOnly.')
}

/** Says whose the address is already, to those who may see them. */
const refuseSecond = async (match: Parameters<typeof duplicated>[0], asked: Asked): Promise<never> => {
  await demandTheirs(match.contact.value.id, asked)
  throw duplicated(match)
}

/** As recorded of the live service, where the status and the one in the body differ. */
const nobody = () =>
  new WireError(400, {
    statusCode: 422,
    message: ['A contact needs at least one field beside locationId'],
    error: 'Unprocessable Entity',
  })

const done = { succeded: true, succeeded: true }

interface Listing extends Paged {
  readonly startAfterId?: string
}

const startOf = (query: Listing): Start => {
  const sorted = { by: sortedBy(query), order: query.order }
  if (query.startAfter !== undefined)
    return { ...sorted, after: { date: new Date(query.startAfter), ...(query.startAfterId ? { id: query.startAfterId } : {}) } }
  const offset = ((query.page ?? 1) - 1) * query.limit
  if (offset + query.limit > 1_000_000)
    throw badRequest('page × limit ends at 1 000 000; go on with startAfter and startAfterId of the last page.')
  return { ...sorted, offset }
}

/** Pollers send half of the cursor: a date alone, or an id alone, whose date is looked up. An id that nobody has begins anew. */
const completed = async (contacts: ReturnType<typeof contactsOf>, query: Listing): Promise<Listing> => {
  if (query.startAfter !== undefined || !query.startAfterId) return query
  const date = await contacts.momentOf(query.startAfterId, sortedBy(query))
  return date ? { ...query, startAfter: date.getTime() } : query
}

export const contactHandlers = (services: ContactsServices & SearchServices) => {
  const { publicUrl } = services
  const acts = contactActs(services)

  return implement(contract.contact, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    list: async ({ query: sent }, { contacts, locationId, principal, db }) => {
      const { onlyAssignedTo } = principal
      const query = await completed(onlyAssignedTo === undefined ? contacts : contactsOf(db, locationId, onlyAssignedTo), sent)
      const isSearch = Boolean(query.query) || onlyAssignedTo !== undefined
      const listed = isSearch ? contactsOf(services.searches ?? db, locationId, onlyAssignedTo) : contacts
      const { items, size, last, total } = await listed.list(query.query, query.limit, startOf(query))
      return { contacts: items, meta: listMeta({ query, size, last, total, base: publicUrl(), locationId }), count: total }
    },

    create: async ({ body }, context) => {
      if (Object.keys(body).length === 1) throw nobody()
      const { contacts, emit } = context
      const { country, policy } = await rulesOf(services, context.locationId)
      const identity = toChange(body, country)
      if (!policy.allowed) {
        await contacts.holdIdentity(held(identity))
        const match = await firstMatch(contacts, identity, policy.identifiers)
        if (match) await refuseSecond(match, context)
      }
      const contact = await writerOf(services, workOf(context), country).create({ ...forThem(context), ...body })
      await emit('ContactCreate', contact)
      return { contact }
    },

    upsert: async ({ body: { createNewIfDuplicateAllowed: fresh = false, locationId: _, ...input } }, context) => {
      const { isNew, contact } = await acts.upsert(workOf(context), input, {
        fresh,
        onCreate: forThem(context),
        mayChange: (id) => demandTheirs(id, context),
      })
      return { new: isNew, ...done, contact }
    },

    get: async ({ contactId }, { contacts }) => ({ contact: foundContact(await contacts.find(contactId), contactId) }),

    update: async ({ contactId, body }, context) => {
      const { country, policy } = await rulesOf(services, context.locationId)
      const identity = toChange(body, country)
      if (!policy.allowed && held(identity).length > 0) {
        await context.contacts.holdIdentity(held(identity))
        const match = await firstMatch(context.contacts, identity, policy.identifiers)
        if (match && match.contact.value.id !== contactId) await refuseSecond(match, context)
      }
      const changed = await writerOf(services, workOf(context), country).change(contactId, body)
      await emitChange(changed, context.emit)
      return { ...done, contact: changed.contact }
    },

    remove: async ({ contactId }, { contacts, db, locationId, emit, emitAll }) => {
      // Nobody adds to it from here on: what is told to go is all that goes.
      foundContact(await contacts.lock(contactId), contactId)
      for (const leave of services.leaves)
        for (const { type, told } of await leave(db, locationId, contactId)) await emitAll(type, told)
      const contact = foundContact(await contacts.remove(contactId), contactId)
      await contacts.addCount(-1)
      await emit('ContactDelete', contact)
      return done
    },
  })
}
