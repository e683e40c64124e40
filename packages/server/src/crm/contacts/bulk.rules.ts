import { addTags, removeTags, sameTags } from './contacts.rules.js'

/** What a bulk change does to the tags of each contact. */
export type TagChange =
  | { readonly kind: 'add'; readonly tags: readonly string[] }
  | { readonly kind: 'remove'; readonly tags: readonly string[] }
  | { readonly kind: 'removeAll' }

export interface TaggedContact {
  readonly id: string
  readonly tags: readonly string[]
}

export interface TagResult {
  readonly contactId: string
  readonly message: string
  readonly type: 'success' | 'error'
  readonly oldTags?: string[]
  readonly tagsAdded?: string[]
  readonly tagsRemoved?: string[]
}

/** The form of ids that contacts have. */
const isId = (text: string) => /^[A-Za-z0-9]{20}$/.test(text)

const refused = (contactId: string): TagResult => ({
  contactId,
  message: isId(contactId) ? 'contact does not belong to location' : 'contact id is not a valid firebase id',
  type: 'error',
})

const applied = ({ id, tags: before }: TaggedContact, change: TagChange) => {
  const { tags, tagsAdded } = change.kind === 'add' ? addTags(before, change.tags) : { tags: before, tagsAdded: [] }
  const removed = change.kind === 'remove' ? change.tags : change.kind === 'removeAll' ? before : []
  const { tags: left, tagsRemoved } = removeTags(tags, removed)
  const result: TagResult = {
    contactId: id,
    message: 'Tags updated',
    type: 'success',
    oldTags: [...before],
    tagsAdded,
    tagsRemoved,
  }
  return { id, tags: left, changed: !sameTags(before, left), result }
}

/** New tags of the contacts that change, and what is told of each id that was sent, in the order in which it was. */
export const planTags = (ids: readonly string[], contacts: readonly TaggedContact[], change: TagChange) => {
  const plans = new Map(contacts.map((contact) => [contact.id, applied(contact, change)]))
  return {
    responses: ids.map((id) => plans.get(id)?.result ?? refused(id)),
    changes: [...plans.values()].filter(({ changed }) => changed).map(({ id, tags }) => ({ id, tags })),
  }
}
