import { badRequest, type Json, type Static } from '@groundlevel/contract-kit'
import { contacts as contract, type shapes } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { authorOf } from './authors.js'
import { listMeta } from './contacts.paging.js'
import {
  type ContactInput,
  type CustomFieldValue,
  type DuplicatePolicy,
  type LocationRules,
  mergeCustomFields,
  policyOf,
  sameTags,
  tidyTags,
  toChange,
} from './contacts.rules.js'
import { contactsOf, type Start } from './contacts.sql.js'
import { foundContact } from './missing-contact.js'
import type { SearchServices } from './search.handlers.js'

export type ContactJson = Json<Static<typeof shapes.Contact>>
type Contacts = ReturnType<typeof contactsOf>

/** What the contacts room asks of the room that owns locations. */
export interface LocationPolicies {
  /** Must not wait for the pool that changes run on: a transaction is holding one of its connections. */
  location(id: string): Promise<{ readonly country: string | null; readonly settings: LocationRules } | undefined>
}

export interface ContactsServices {
  readonly locations: LocationPolicies
  /** Base of `meta.nextPageUrl`. */
  publicUrl(): string
}

interface Match {
  readonly field: 'email' | 'phone'
  readonly contact: ContactJson
}

const firstMatch = async (
  contacts: Contacts,
  values: { email?: string | null; phone?: string | null },
  identifiers: DuplicatePolicy['identifiers'],
) => {
  for (const field of identifiers) {
    const value = values[field]
    const contact = value ? await contacts.byField(field, value) : undefined
    if (contact) return { field, contact } satisfies Match
  }
  return undefined
}

const duplicated = ({ field, contact }: Match) =>
  badRequest('This location does not allow duplicated contacts.', {
    meta: { contactId: contact.value.id, contactName: contact.value.name ?? '', matchingField: field },
  })

const held = (values: { email?: string | null; phone?: string | null }) =>
  [values.email, values.phone].filter((each): each is string => Boolean(each))

const create = async (
  input: ContactInput,
  contacts: Contacts,
  context: Pick<Context, 'principal' | 'now' | 'newId'>,
  country: string | null,
) => {
  const contact = await contacts.add({
    ...toChange(input, country),
    id: context.newId(),
    tags: tidyTags(input.tags ?? []),
    customFields: mergeCustomFields([], input.customFields ?? []),
    createdBy: authorOf(context.principal, context.now),
    dateAdded: context.now,
  })
  await contacts.addCount(1)
  return contact as ContactJson
}

/** Writes the sent fields and tells what kind of change it was. */
export const change = async (
  id: string,
  input: ContactInput,
  contacts: Contacts,
  context: Pick<Context, 'principal' | 'now'>,
  country: string | null,
) => {
  const before = foundContact(await contacts.lock(id), id)
  const { tags: sentTags, customFields, ...fields } = input
  const tags = sentTags ? tidyTags(sentTags) : undefined
  const changed = toChange(fields, before.country ?? country)
  const contact = await contacts.change(
    id,
    {
      ...changed,
      ...(tags ? { tags } : {}),
      ...(customFields ? { customFields: mergeCustomFields(before.customFields as CustomFieldValue[], customFields) } : {}),
    },
    authorOf(context.principal, context.now),
  )
  return {
    contact: contact as ContactJson,
    fields: Object.keys(changed).length > 0 || customFields !== undefined,
    tags: tags !== undefined && !sameTags(before.tags, tags),
    dnd:
      (changed.dnd !== undefined && changed.dnd !== before.dnd) ||
      (changed.dndSettings !== undefined && JSON.stringify(changed.dndSettings) !== JSON.stringify(before.dndSettings)),
  }
}

type Emit = (type: 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate', record: ContactJson) => Promise<void>

const emitChange = async (changed: Awaited<ReturnType<typeof change>>, emit: Emit) => {
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

export const contactHandlers = ({ locations, publicUrl, searches }: ContactsServices & SearchServices) => {
  const rulesOf = async (locationId: string) => {
    const location = await locations.location(locationId)
    return { country: location?.country ?? null, policy: policyOf(location?.settings ?? {}) }
  }

  return implement(contract.contact, (context) => ({ contacts: contactsOf(context.db, context.locationId) }), {
    list: async ({ query }, { contacts, locationId }) => {
      const listed = query.query && searches ? contactsOf(searches, locationId) : contacts
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
      const contact = await create(body, contacts, context, country)
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
      if (!match) {
        const contact = await create(input, contacts, context, country)
        await emit('ContactCreate', contact)
        return { new: true, ...done, contact }
      }
      const changed = await change(match.contact.value.id, input, contacts, context, country)
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
      const changed = await change(contactId, body, context.contacts, context, country)
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
