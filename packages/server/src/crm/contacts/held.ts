import { WireError } from '@groundlevel/contract-kit'
import { keepTags } from '../tags/index.js'
import { manyContactsOf } from './bulk.sql.js'
import { emitChange, idIn, type NoteWork, type TagWork, type UpsertWork, withRetagged } from './change-events.js'
import { addTags, type ContactInput, removeTags, sameTags } from './contacts.rules.js'
import type { ContactJson } from './contacts.sql.js'
import { unknownUser } from './demand-users.js'
import { storeManyFieldValues } from './field-values.sql.js'
import { addNotes } from './notes.sql.js'
import { type Before, definitionsFor, type Plan, planOf, type WritePorts } from './writing.js'

// What is done to many contacts that the caller has locked: each a statement for all of them, whatever their number.

/** A contact that the caller holds, as far as its tags go. */
export interface Tagged {
  readonly id: string
  readonly tags: readonly string[]
}

type Retag = (before: readonly string[]) => { readonly tags: string[]; readonly tagsAdded: readonly string[] }

const retagged = (before: readonly string[], how: Retag) => {
  const { tags, tagsAdded } = how(before)
  return { before, tags, tagsAdded, tagsRemoved: before.filter((tag) => !tags.includes(tag)) }
}

/** @returns tags by id, of those that changed */
const retag = async (work: TagWork, held: readonly Tagged[], how: Retag): Promise<Map<string, string[]>> => {
  const { db, locationId, author, now } = work
  const plans = new Map(held.map(({ id, tags }) => [id, retagged(tags, how)]))
  const changes = [...plans].filter(([, { before, tags }]) => !sameTags(before, tags)).map(([id, { tags }]) => ({ id, tags }))
  if (changes.length === 0) return new Map()
  await keepTags(db, locationId, [...new Set([...plans.values()].flatMap(({ tagsAdded }) => tagsAdded))], now)
  for (const contact of await manyContactsOf(db, locationId).setTags(changes, author))
    await work.emit('ContactTagUpdate', withRetagged(contact, plans.get(idIn(contact))))
  return new Map(changes.map(({ id, tags }) => [id, tags]))
}

export const addTagsToHeld = (work: TagWork, held: readonly Tagged[], more: readonly string[]) =>
  retag(work, held, (before) => addTags(before, more))

export const removeTagsFromHeld = (work: TagWork, held: readonly Tagged[], fewer: readonly string[]) =>
  retag(work, held, (before) => ({ tags: removeTags(before, fewer).tags, tagsAdded: [] }))

/** @returns ids of the notes by those of the contacts */
export const addNotesToHeld = async (
  work: NoteWork,
  bodies: readonly { readonly contactId: string; readonly body: string }[],
): Promise<Map<string, string>> => {
  const { db, locationId, now } = work
  const rows = bodies.map((each) => ({ ...each, id: work.newId(), userId: null, pinned: false, dateAdded: now }))
  for (const note of await addNotes(db, locationId, rows)) await work.emit('NoteCreate', note)
  return new Map(rows.map(({ contactId, id }) => [contactId, id]))
}

/** A contact as single-contact replies have it, and what is to be changed of it. */
export interface HeldChange {
  readonly contact: Readonly<Record<string, unknown>> & { readonly id: string }
  readonly input: ContactInput
}

/** By id what came of it: the contact as it is now, or why it stays as it was. */
export type HeldChanges = ReadonlyMap<string, ContactJson | WireError>

const planned = (plan: () => Plan): Plan | WireError => {
  try {
    return plan()
  } catch (error) {
    if (error instanceof WireError && error.status < 500) return error
    throw error
  }
}

const isRefused = (came: Plan | WireError): came is WireError => came instanceof WireError

/** Those that name somebody who is no user of the sub-account are refused. */
const knownUsers = async (
  { users }: Pick<WritePorts, 'users'>,
  { db, locationId }: UpsertWork,
  came: Map<string, Plan | WireError>,
) => {
  const nameOf = (each: Plan | WireError) => (isRefused(each) ? undefined : (each.columns.assignedTo ?? undefined))
  const named = [...new Set([...came.values()].flatMap((each) => nameOf(each) ?? []))]
  if (named.length === 0) return came
  const known = await users.among(db, locationId, named)
  return new Map(
    [...came].map(([id, each]) => {
      const user = nameOf(each)
      return [id, user === undefined || known.has(user) ? each : unknownUser(user)]
    }),
  )
}

/** Changes each in its own way. One whose values do not fit, or whose user is unknown, stays as it was and holds up no other. */
export const changeHeld = async (
  ports: WritePorts,
  work: UpsertWork,
  changes: readonly HeldChange[],
  country: string | null,
): Promise<HeldChanges> => {
  const { db, locationId, author, now } = work
  const inputs = changes.map(({ input }) => input)
  const definitions = await definitionsFor(ports, work, inputs)
  const plan = ({ contact, input }: HeldChange) =>
    planned(() => planOf(contact as unknown as Before, input, definitions, country))
  const came = await knownUsers(ports, work, new Map(changes.map((each) => [each.contact.id, plan(each)])))
  const plans = new Map([...came].flatMap(([id, each]) => (isRefused(each) ? [] : [[id, each] as const])))
  await keepTags(db, locationId, [...new Set([...plans.values()].flatMap(({ tagsAdded }) => tagsAdded))], now)
  const rows = [...plans].map(([id, { columns }]) => ({ id, columns }))
  const changed = new Map((await manyContactsOf(db, locationId).change(rows, author)).map((contact) => [idIn(contact), contact]))
  const filed = [...plans].map(([contactId, { values }]) => ({ contactId, values }))
  await storeManyFieldValues(db, locationId, filed, definitions)
  for (const [id, contact] of changed) await emitChange({ ...(plans.get(id) as Plan), contact }, work.emit)
  return new Map<string, ContactJson | WireError>([
    ...changed,
    ...[...came].filter((pair): pair is [string, WireError] => isRefused(pair[1])),
  ])
}
