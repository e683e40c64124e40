import { authorOf } from '../../http/author.js'
import type { Context } from '../../http/implement.js'
import { keepTags } from '../tags/index.js'
import { type ContactInput, type CustomFieldValue, mergeCustomFields, sameTags, tidyTags, toChange } from './contacts.rules.js'
import { type ContactJson, type Contacts, contactsOf } from './contacts.sql.js'
import { demandUsers } from './demand-users.js'
import { mergeDnd, sameDnd } from './dnd.rules.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'

/** What writing a contact needs of a call. */
export type WriteContext = Pick<Context, 'db' | 'locationId' | 'principal' | 'now' | 'newId'>

/** A changed contact, and what kind of change it was. */
export interface Changed {
  readonly contact: ContactJson
  readonly fields: boolean
  readonly tags: boolean
  readonly dnd: boolean
}

export interface ContactWriter {
  readonly contacts: Contacts
  create(input: ContactInput): Promise<ContactJson>
  /** Writes the sent fields. @throws WireError 400 where there is no such contact */
  change(id: string, input: ContactInput): Promise<Changed>
}

const demandAssignee = (
  ports: Pick<ContactPorts, 'users'>,
  { db, locationId }: WriteContext,
  userId: string | null | undefined,
) => demandUsers(ports.users, db, locationId, userId ? [userId] : [])

/** Writes contacts of one location. @param country of numbers without a country of their own */
export const writerOf = (ports: Pick<ContactPorts, 'users'>, context: WriteContext, country: string | null): ContactWriter => {
  const contacts = contactsOf(context.db, context.locationId)
  const author = authorOf(context.principal, context.now)

  const create = async (input: ContactInput) => {
    const row = toChange(input, country)
    await demandAssignee(ports, context, row.assignedTo)
    const tags = tidyTags(input.tags ?? [])
    await keepTags(context.db, context.locationId, tags, context.now)
    const contact = await contacts.add({
      ...row,
      id: context.newId(),
      tags,
      customFields: mergeCustomFields([], input.customFields ?? []),
      createdBy: author,
      dateAdded: context.now,
    })
    await contacts.addCount(1)
    return contact as ContactJson
  }

  const change = async (id: string, { tags: sentTags, customFields, ...fields }: ContactInput) => {
    const before = foundContact(await contacts.lock(id), id)
    const tags = sentTags ? tidyTags(sentTags) : undefined
    const fresh = tags?.filter((tag) => !before.tags.includes(tag)) ?? []
    await keepTags(context.db, context.locationId, fresh, context.now)
    const changed = toChange(fields, before.country ?? country)
    await demandAssignee(ports, context, changed.assignedTo)
    const dndSettings = changed.dndSettings && mergeDnd(before.dndSettings, changed.dndSettings)
    const contact = await contacts.change(
      id,
      {
        ...changed,
        ...(dndSettings ? { dndSettings } : {}),
        ...(tags ? { tags } : {}),
        ...(customFields ? { customFields: mergeCustomFields(before.customFields as CustomFieldValue[], customFields) } : {}),
      },
      author,
    )
    return {
      contact: contact as ContactJson,
      fields: Object.keys(changed).length > 0 || customFields !== undefined,
      tags: tags !== undefined && !sameTags(before.tags, tags),
      dnd:
        (changed.dnd !== undefined && changed.dnd !== before.dnd) ||
        (dndSettings !== undefined && !sameDnd(before.dndSettings, dndSettings)),
    }
  }

  return { contacts, create, change }
}
