import { type ContactChange, type DuplicatePolicy, sameTags } from '../contacts.rules.js'
import { type CustomFieldValue, mergeValues } from '../custom-fields.rules.js'
import type { ReadRow, RefusedRow } from './rows.rules.js'

/** What is there of a contact that a row of the batch may mean. */
export interface KnownContact {
  readonly id: string
  readonly email: string | null
  readonly phone: string | null
  readonly dnd: boolean
  readonly tags: readonly string[]
  readonly customFields: readonly CustomFieldValue[]
}

/** A contact as the batch leaves it. */
export interface PlannedContact {
  readonly id: string
  readonly change: ContactChange
  readonly type: 'lead' | 'customer' | undefined
  readonly tags: readonly string[]
  /** All values of the contact. */
  readonly customFields: readonly CustomFieldValue[]
  /** Those among them that the file set. */
  readonly values: readonly CustomFieldValue[]
  /** Whether its tags, or its do-not-disturb, are others than before. */
  readonly retagged: boolean
  readonly tagsAdded: readonly string[]
  readonly tagsRemoved: readonly string[]
  readonly redisturbed: boolean
}

export interface Plan {
  readonly created: readonly PlannedContact[]
  /** Each contact once, however many rows mean it. */
  readonly changed: readonly PlannedContact[]
  readonly refused: readonly RefusedRow[]
  /** Rows that changed a contact. */
  readonly updatedRows: number
  readonly skippedRows: number
}

export interface PlanOptions {
  readonly policy: DuplicatePolicy
  readonly onDuplicate: 'create' | 'update' | 'skip'
  /** Users that contacts may be given to. */
  readonly users: ReadonlySet<string>
  /** Tags for every contact of the file. */
  readonly tags: readonly string[]
  newId(): string
}

type Field = 'email' | 'phone'

interface Draft {
  readonly id: string
  readonly fresh: boolean
  email: string | null
  phone: string | null
  change: ContactChange
  type: 'lead' | 'customer' | undefined
  tags: readonly string[]
  customFields: readonly CustomFieldValue[]
  values: readonly CustomFieldValue[]
  touched: boolean
  readonly before: Pick<KnownContact, 'tags' | 'dnd'>
}

const draftOf = ({ id, email, phone, dnd, tags, customFields }: KnownContact, fresh = false): Draft => ({
  id,
  email,
  phone,
  tags,
  customFields,
  fresh,
  change: {},
  type: undefined,
  values: [],
  touched: false,
  before: { tags, dnd },
})

const emptyContact = (id: string): Draft =>
  draftOf({ id, email: null, phone: null, dnd: false, tags: [], customFields: [] }, true)

/** Contacts by what they are found by; the first that has a value keeps it. */
const createIndex = (known: readonly KnownContact[]) => {
  const byId = new Map<string, Draft>()
  const by = { email: new Map<string, Draft>(), phone: new Map<string, Draft>() }
  const file = (draft: Draft) => {
    byId.set(draft.id, draft)
    for (const field of ['email', 'phone'] as const) {
      const value = draft[field]
      if (value !== null && !by[field].has(value)) by[field].set(value, draft)
    }
  }
  for (const contact of known) file(draftOf(contact))
  return { file, byId, owner: (field: Field, value: string | null | undefined) => (value ? by[field].get(value) : undefined) }
}

type Index = ReturnType<typeof createIndex>

const matchOf = (index: Index, { contactId, change }: ReadRow, identifiers: readonly Field[]): Draft | undefined => {
  const byId = contactId === undefined ? undefined : index.byId.get(contactId)
  if (byId) return byId
  for (const field of identifiers) {
    const owner = index.owner(field, change[field])
    if (owner) return owner
  }
  return undefined
}

/** What a row sets, without an e-mail or a phone that belongs to another contact already. */
const ownChange = (index: Index, draft: Draft, { change }: ReadRow): ContactChange => {
  const own = { ...change }
  for (const field of ['email', 'phone'] as const) {
    const owner = index.owner(field, change[field])
    if (owner && owner !== draft) delete own[field]
  }
  return own
}

const apply = (draft: Draft, row: ReadRow, change: ContactChange, tags: readonly string[]) => {
  draft.change = { ...draft.change, ...change }
  draft.email = change.email ?? draft.email
  draft.phone = change.phone ?? draft.phone
  draft.type = row.type ?? draft.type
  draft.tags = [...new Set([...draft.tags, ...row.tags, ...tags])]
  draft.customFields = mergeValues(draft.customFields, row.values)
  draft.values = mergeValues(draft.values, row.values)
  draft.touched = true
}

const refusalOf = (row: ReadRow, match: Draft | undefined, { users, onDuplicate, policy }: PlanOptions): string | undefined => {
  const { assignedTo } = row.change
  if (assignedTo && !users.has(assignedTo)) return 'User not found'
  if (match && onDuplicate === 'create' && !policy.allowed) return 'This location does not allow duplicated contacts.'
  return undefined
}

const planned = (draft: Draft): PlannedContact => {
  const { id, change, type, tags, customFields, values, before } = draft
  const retagged = !sameTags(before.tags, tags)
  const tagsAdded = retagged ? tags.filter((tag) => !before.tags.includes(tag)) : []
  const tagsRemoved = before.tags.filter((tag) => !tags.includes(tag))
  const redisturbed = change.dnd !== undefined && change.dnd !== before.dnd
  return { id, change, type, tags, customFields, values, retagged, tagsAdded, tagsRemoved, redisturbed }
}

/** What a batch of rows does to the contacts that there are, and to those that it makes itself. */
export const planBatch = (rows: readonly ReadRow[], known: readonly KnownContact[], options: PlanOptions): Plan => {
  const index = createIndex(known)
  const fresh: Draft[] = []
  const refused: RefusedRow[] = []
  let updatedRows = 0
  let skippedRows = 0
  for (const row of rows) {
    const match = matchOf(index, row, options.policy.identifiers)
    const reason = refusalOf(row, match, options)
    if (reason !== undefined) refused.push({ row: row.row, cells: row.cells, reason })
    else if (match && options.onDuplicate === 'skip') skippedRows++
    else if (match && options.onDuplicate === 'update') {
      apply(match, row, ownChange(index, match, row), options.tags)
      index.file(match)
      updatedRows++
    } else {
      const draft = emptyContact(options.newId())
      apply(draft, row, row.change, options.tags)
      index.file(draft)
      fresh.push(draft)
    }
  }
  const changed = [...index.byId.values()].filter((draft) => draft.touched && !draft.fresh)
  return { created: fresh.map(planned), changed: changed.map(planned), refused, updatedRows, skippedRows }
}
