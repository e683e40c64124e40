import type { Db } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { keepTags } from '../tags/index.js'
import { type ContactInput, sameTags, tidyTags, toChange } from './contacts.rules.js'
import { type ContactJson, type Contacts, type CreatedJson, contactsOf, type NewContact } from './contacts.sql.js'
import { type CustomFieldInput, type CustomFieldValue, mergeValues, readValues, type ValueField } from './custom-fields.rules.js'
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

interface SentValues {
  readonly values: readonly CustomFieldValue[]
  readonly definitions: readonly ValueField[]
}

/** Custom field values that a request sets; the definitions are asked for only where there are some. */
const sentValues = async (
  { fields }: WritePorts,
  { db, locationId }: WriteContext,
  sent: readonly CustomFieldInput[] | undefined,
  country: string | null,
): Promise<SentValues | undefined> => {
  if (!sent?.length) return undefined
  const definitions = await fields.definitions(db, locationId)
  return { definitions, values: readValues(sent, definitions, country) }
}

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
  const sent = await sentValues(ports, context, input.customFields, row.country ?? country)
  await demandUsers(ports.users, db, locationId, row.assignedTo ? [row.assignedTo] : [])
  const id = newId()
  const tags = tidyTags(input.tags ?? [])
  await keepTags(db, locationId, tags, now)
  const contact = await insert(contacts, {
    ...row,
    id,
    tags,
    customFields: mergeValues([], sent?.values ?? []),
    createdBy: author,
    dateAdded: now,
  })
  if (sent) await storeFieldValues(db, locationId, id, sent.values, sent.definitions)
  await contacts.addCount(1)
  return contact as T
}

const changeIn = async (
  ports: WritePorts,
  context: WriteContext,
  id: string,
  { tags: sentTags, customFields, ...fields }: ContactInput,
  country: string | null,
): Promise<Changed> => {
  const { db, locationId, author, now } = context
  const contacts = contactsOf(db, locationId)
  const before = foundContact(await contacts.lock(id), id)
  const changed = toChange(fields, before.country ?? country)
  const sent = await sentValues(ports, context, customFields, changed.country ?? before.country ?? country)
  await demandUsers(ports.users, db, locationId, changed.assignedTo ? [changed.assignedTo] : [])
  const tags = sentTags && tidyTags(sentTags)
  const tagsAdded = tags?.filter((tag) => !before.tags.includes(tag)) ?? []
  await keepTags(db, locationId, tagsAdded, now)
  const dndSettings = changed.dndSettings && mergeDnd(before.dndSettings, changed.dndSettings)
  const contact = await contacts.change(
    id,
    {
      ...changed,
      ...(dndSettings ? { dndSettings } : {}),
      ...(tags ? { tags } : {}),
      ...(sent ? { customFields: mergeValues(before.customFields as CustomFieldValue[], sent.values) } : {}),
    },
    author,
  )
  if (sent) await storeFieldValues(db, locationId, id, sent.values, sent.definitions)
  return {
    contact: contact as ContactJson,
    fields: Object.keys(changed).length > 0 || sent !== undefined,
    tags: tags !== undefined && !sameTags(before.tags, tags),
    tagsAdded,
    dnd:
      (changed.dnd !== undefined && changed.dnd !== before.dnd) ||
      (dndSettings !== undefined && !sameDnd(before.dndSettings, dndSettings)),
  }
}

/** Writes contacts of one location. @param country of numbers without a country of their own */
export const writerOf = (ports: WritePorts, context: WriteContext, country: string | null): ContactWriter => ({
  contacts: contactsOf(context.db, context.locationId),
  create: (input) => createIn(ports, context, input, country, (contacts, row) => contacts.create(row)),
  add: (input) => createIn(ports, context, input, country, (contacts, row) => contacts.add(row)),
  change: (id, input) => changeIn(ports, context, id, input, country),
})
