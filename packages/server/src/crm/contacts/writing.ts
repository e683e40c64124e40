import type { Db } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { keepTags } from '../tags/index.js'
import { type ContactInput, sameTags, tidyTags, toChange } from './contacts.rules.js'
import {
  type ContactJson,
  type Contacts,
  type CreatedJson,
  contactsOf,
  type NewContact,
  type StoredChange,
} from './contacts.sql.js'
import { type CustomFieldValue, mergeValues, readValues, type ValueField } from './custom-fields.rules.js'
import { demandUsers } from './demand-users.js'
import { mergeDnd, sameDnd } from './dnd.rules.js'
import { storeFieldValues } from './field-values.sql.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'

/** Whose contacts are written, by whom and when: of a call, a form or a workflow. */
export interface WriteContext {
  readonly db: Db
  readonly locationId: string
  readonly author: Author
  readonly now: Date
  newId(): string
}
export type WritePorts = Pick<ContactPorts, 'users' | 'fields'>

/** A changed contact, and what kind of change it was. */
export interface Changed {
  readonly contact: ContactJson
  readonly fields: boolean
  readonly tags: boolean
  /** Those that it did not have before. */
  readonly tagsAdded: readonly string[]
  /** Those that it had. */
  readonly tagsRemoved: readonly string[]
  readonly dnd: boolean
}

export interface ContactWriter {
  readonly contacts: Contacts
  /** @returns the contact as `POST /contacts/` answers it */
  create(input: ContactInput): Promise<CreatedJson>
  /** @returns it as all other operations do */
  add(input: ContactInput): Promise<ContactJson>
  /** Writes the sent fields. @throws WireError 400 where there is no such contact */
  change(id: string, input: ContactInput): Promise<Changed>
}

/** Definitions of custom fields; asked for only where a value is sent. */
export const definitionsFor = async (
  { fields }: WritePorts,
  { db, locationId }: WriteContext,
  inputs: readonly ContactInput[],
): Promise<readonly ValueField[]> =>
  inputs.some(({ customFields }) => customFields?.length) ? fields.definitions(db, locationId) : []

const createIn = async <T>(
  ports: WritePorts,
  context: WriteContext,
  input: ContactInput,
  country: string | null,
  insert: (contacts: Contacts, row: NewContact) => Promise<T | undefined>,
): Promise<T> => {
  const { db, locationId, author, now, newId } = context
  const contacts = contactsOf(db, locationId)
  const row = toChange(input, country)
  const definitions = await definitionsFor(ports, context, [input])
  const values = readValues(input.customFields ?? [], definitions, row.country ?? country)
  await demandUsers(ports.users, db, locationId, row.assignedTo ? [row.assignedTo] : [])
  const id = newId()
  const tags = tidyTags(input.tags ?? [])
  await keepTags(db, locationId, tags, now)
  const contact = await insert(contacts, {
    ...row,
    id,
    tags,
    customFields: mergeValues([], values),
    createdBy: author,
    dateAdded: now,
  })
  if (values.length > 0) await storeFieldValues(db, locationId, id, values, definitions)
  await contacts.addCount(1)
  return contact as T
}

/** The fields of a contact that a change of it is planned by. */
export interface Before {
  readonly tags: readonly string[]
  readonly customFields: readonly CustomFieldValue[]
  readonly dnd: boolean
  readonly dndSettings?: unknown
  readonly country?: string | null
}

/** What a change comes to, before anything is written. */
export interface Plan extends Omit<Changed, 'contact'> {
  readonly columns: StoredChange
  readonly values: readonly CustomFieldValue[]
}

/** @param country of numbers of contacts without a country of their own @throws WireError 422 where a value does not fit */
export const planOf = (
  before: Before,
  { tags: sentTags, customFields, ...fields }: ContactInput,
  definitions: readonly ValueField[],
  country: string | null,
): Plan => {
  const changed = toChange(fields, before.country ?? country)
  const sent = customFields?.length ? customFields : undefined
  const values = readValues(sent ?? [], definitions, changed.country ?? before.country ?? country)
  const tags = sentTags && tidyTags(sentTags)
  const dndSettings = changed.dndSettings && mergeDnd(before.dndSettings, changed.dndSettings)
  return {
    columns: {
      ...changed,
      ...(dndSettings ? { dndSettings } : {}),
      ...(tags ? { tags } : {}),
      ...(sent ? { customFields: mergeValues(before.customFields, values) } : {}),
    },
    values,
    fields: Object.keys(changed).length > 0 || sent !== undefined,
    tags: tags !== undefined && !sameTags(before.tags, tags),
    tagsAdded: tags?.filter((tag) => !before.tags.includes(tag)) ?? [],
    tagsRemoved: tags ? before.tags.filter((tag) => !tags.includes(tag)) : [],
    dnd:
      (changed.dnd !== undefined && changed.dnd !== before.dnd) ||
      (dndSettings !== undefined && !sameDnd(before.dndSettings, dndSettings)),
  }
}

const changeIn = async (
  ports: WritePorts,
  context: WriteContext,
  id: string,
  input: ContactInput,
  country: string | null,
): Promise<Changed> => {
  const { db, locationId, author, now } = context
  const contacts = contactsOf(db, locationId)
  const before = foundContact(await contacts.lock(id), id)
  const definitions = await definitionsFor(ports, context, [input])
  const { columns, values, ...kinds } = planOf(before as Before, input, definitions, country)
  await demandUsers(ports.users, db, locationId, columns.assignedTo ? [columns.assignedTo] : [])
  await keepTags(db, locationId, kinds.tagsAdded, now)
  const contact = (await contacts.change(id, columns, author)) as ContactJson
  if (values.length > 0) await storeFieldValues(db, locationId, id, values, definitions)
  return { contact, ...kinds }
}

/** Writes contacts of one location. @param country of numbers without a country of their own */
export const writerOf = (ports: WritePorts, context: WriteContext, country: string | null): ContactWriter => ({
  contacts: contactsOf(context.db, context.locationId),
  create: (input) => createIn(ports, context, input, country, (contacts, row) => contacts.create(row)),
  add: (input) => createIn(ports, context, input, country, (contacts, row) => contacts.add(row)),
  change: (id, input) => changeIn(ports, context, id, input, country),
})
