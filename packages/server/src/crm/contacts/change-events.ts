import { Json } from '@groundlevel/contract-kit'
import type { Changed, WriteContext } from './writing.js'

/** Tags that came, and those that went. */
export interface Retagged {
  readonly tagsAdded?: readonly string[]
  readonly tagsRemoved?: readonly string[]
}

/**
 * A contact as its ContactTagUpdate is written to the outbox: what was added and what was taken off stand beside the tags that there are
 * now. Apps never see it (fan-out lets declared fields through alone); workflows decide by it.
 */
export const withRetagged = (contact: Json<object>, { tagsAdded = [], tagsRemoved = [] }: Retagged = {}): Json<object> =>
  new Json(`${contact.text.slice(0, -1)},${JSON.stringify({ tagsAdded, tagsRemoved }).slice(1)}`)

/** The id of a record, read out of its text: thousands of them are not parsed for it. */
export const idIn = ({ text }: Json<object>) => /"id":"(\w+)"/.exec(text)?.[1] ?? ''

type ChangeEmit = (type: 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate', record: Json<object>) => Promise<void>

/** Tells what kind of change it was. */
export const emitChange = async (changed: Changed, emit: ChangeEmit) => {
  if (changed.fields) await emit('ContactUpdate', changed.contact)
  if (changed.tags) await emit('ContactTagUpdate', withRetagged(changed.contact, changed))
  if (changed.dnd) await emit('ContactDndUpdate', changed.contact)
}

/** Somebody's transaction, and where the events of it go. */
export interface UpsertWork extends WriteContext {
  emit(type: 'ContactCreate' | 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate', record: Json<object>): Promise<void>
}
export interface TagWork extends WriteContext {
  emit(type: 'ContactTagUpdate', record: Json<object>): Promise<void>
}
export interface NoteWork extends WriteContext {
  emit(type: 'NoteCreate', record: Json<object>): Promise<void>
}
