import type { Json } from '@groundlevel/contract-kit'
import { authorOf } from '../../http/author.js'
import type { Context } from '../../http/implement.js'
import { keepTags } from '../tags/index.js'
import { emitChange, type TagWork, type UpsertWork, withRetagged } from './change-events.js'
import { addTags, type ContactInput, policyOf, removeTags, toChange } from './contacts.rules.js'
import { type ContactJson, contactsOf } from './contacts.sql.js'
import { firstMatch, held, takenFields } from './duplicates.js'
import { addNotesToHeld, addTagsToHeld, changeHeld, type HeldChange, removeTagsFromHeld } from './held.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'
import { type WriteContext, writerOf } from './writing.js'

/** Events that writing a contact may tell of. */
export type ContactEventName = 'ContactCreate' | 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate' | 'NoteCreate'

/** A change of contacts in somebody's transaction: a call's, a form's or a workflow's. */
export interface ContactWork extends WriteContext {
  emit(type: ContactEventName, record: Json<object>): Promise<void>
}

type Caller = Pick<Context, 'db' | 'locationId' | 'principal' | 'now' | 'newId'>

/** The work of a call; `emit` is the call's own, so that it compiles only for events that the row declares. */
export const workOf = <E>(context: Caller & { emit: E }) => ({
  db: context.db,
  locationId: context.locationId,
  author: authorOf(context.principal, context.now),
  now: context.now,
  newId: context.newId,
  emit: context.emit,
})

/** Country and policy of a location. */
export const rulesOf = async ({ locations }: Pick<ContactPorts, 'locations'>, locationId: string) => {
  const location = await locations.location(locationId)
  return { country: location?.country ?? null, policy: policyOf(location?.settings ?? {}) }
}

export interface Upserted {
  readonly isNew: boolean
  readonly contact: ContactJson
}

export interface UpsertOptions {
  /** A second contact on demand, where the location allows duplicates. */
  readonly fresh?: boolean
  /** What only a contact that is made now gets. */
  readonly onCreate?: ContactInput
  /** Refuses by throwing, where the contact that was found may not be changed. */
  readonly mayChange?: (contactId: string) => Promise<void>
}

type ActPorts = Pick<ContactPorts, 'locations' | 'users' | 'fields'>
const upsert = async (
  ports: ActPorts,
  work: UpsertWork,
  input: ContactInput,
  { fresh = false, onCreate, mayChange }: UpsertOptions = {},
): Promise<Upserted> => {
  const contacts = contactsOf(work.db, work.locationId)
  const { country, policy } = await rulesOf(ports, work.locationId)
  const identity = toChange(input, country)
  await contacts.holdIdentity(held(identity))
  const match = fresh && policy.allowed ? undefined : await firstMatch(contacts, identity, policy.identifiers)
  const writer = writerOf(ports, work, country)
  if (!match) {
    const contact = await writer.add({ ...onCreate, ...input })
    await work.emit('ContactCreate', contact)
    return { isNew: true, contact }
  }
  await mayChange?.(match.contact.value.id)
  const taken = await takenFields(contacts, identity, match)
  const own = { ...input, ...Object.fromEntries(taken.map((field) => [field, undefined])) }
  const changed = await writer.change(match.contact.value.id, own)
  await emitChange(changed, work.emit)
  return { isNew: false, contact: changed.contact }
}

/** Adds tags. @throws WireError 400 where there is no such contact */
export const addTagsTo = async (work: TagWork, contactId: string, more: readonly string[]) => {
  const { db, locationId, author, now } = work
  const contacts = contactsOf(db, locationId)
  const before = foundContact(await contacts.lock(contactId), contactId)
  const { tags, tagsAdded } = addTags(before.tags, more)
  if (tagsAdded.length > 0) {
    await keepTags(db, locationId, tagsAdded, now)
    const contact = foundContact(await contacts.change(contactId, { tags }, author), contactId)
    await work.emit('ContactTagUpdate', withRetagged(contact, { tagsAdded }))
  }
  return { tags, tagsAdded }
}

/** Takes tags off. @throws WireError 400 where there is no such contact */
export const removeTagsFrom = async (work: TagWork, contactId: string, fewer: readonly string[]) => {
  const contacts = contactsOf(work.db, work.locationId)
  const before = foundContact(await contacts.lock(contactId), contactId)
  const { tags, tagsRemoved } = removeTags(before.tags, fewer)
  if (tagsRemoved.length > 0) {
    const contact = foundContact(await contacts.change(contactId, { tags }, work.author), contactId)
    await work.emit('ContactTagUpdate', withRetagged(contact, { tagsRemoved }))
  }
  return { tags, tagsRemoved }
}

/** What other rooms may do to contacts, in their own transaction and with their own outbox. */
export const contactActs = (ports: ActPorts) => ({
  /** Finds by e-mail and phone as the location has set it, and changes; else makes one. */
  upsert: (work: UpsertWork, input: ContactInput, options?: UpsertOptions) => upsert(ports, work, input, options),

  /** @throws WireError 400 where there is no such contact, 422 where a value does not fit */
  change: async (work: UpsertWork, contactId: string, input: ContactInput) => {
    const { country } = await rulesOf(ports, work.locationId)
    const changed = await writerOf(ports, work, country).change(contactId, input)
    await emitChange(changed, work.emit)
    return changed.contact
  },
  addTags: addTagsTo,
  removeTags: removeTagsFrom,
  /** For contacts that the caller has locked. */
  addTagsToHeld,
  removeTagsFromHeld,
  addNotesToHeld,
  changeHeld: async (work: UpsertWork, changes: readonly HeldChange[]) =>
    changeHeld(ports, work, changes, (await rulesOf(ports, work.locationId)).country),
  find: async (work: Pick<WriteContext, 'db' | 'locationId'>, contactId: string) =>
    (await contactsOf(work.db, work.locationId).find(contactId))?.value,
})

export type ContactActs = ReturnType<typeof contactActs>
