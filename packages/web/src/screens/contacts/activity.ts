import type { Contact } from './words.js'

/** One thing that happened to a contact. */
export interface Happening {
  readonly key: string
  readonly at: string
  readonly what: string
  readonly detail: string
}

interface Parts {
  readonly contact: Contact
  readonly notes: readonly {
    readonly id?: string | null
    readonly bodyText?: string | null
    readonly userId?: string | null
    readonly dateAdded?: string | null
  }[]
  readonly tasks: readonly {
    readonly id?: string | null
    readonly title?: string | null
    readonly completed?: boolean | null
    readonly dateAdded?: string | null
    readonly dateUpdated?: string | null
  }[]
  readonly clicks?: readonly { readonly id: string; readonly name: string; readonly at: string }[]
  readonly nameOfUser: (id: string) => string
}

type Author = { readonly source: string; readonly sourceId: string; readonly timestamp: string } | undefined

const by = (author: Author, nameOfUser: (id: string) => string): string => {
  if (!author) return ''
  if (author.source === 'WEB_USER') return `by ${nameOfUser(author.sourceId)}`
  return author.source === 'INTEGRATION' ? 'by an app' : `by ${author.source.toLowerCase().replaceAll('_', ' ')}`
}

const short = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text)

/** What is known to have happened, newest first. Only the last change of the fields is kept, so only it is told. */
export const happenings = ({ contact, notes, tasks, clicks = [], nameOfUser }: Parts): readonly Happening[] => {
  const created = { key: 'created', at: contact.dateAdded, what: 'Contact created', detail: by(contact.createdBy, nameOfUser) }
  const changed =
    contact.lastUpdatedBy && contact.lastUpdatedBy.timestamp > contact.dateAdded
      ? [
          {
            key: 'changed',
            at: contact.lastUpdatedBy.timestamp,
            what: 'Last changed',
            detail: by(contact.lastUpdatedBy, nameOfUser),
          },
        ]
      : []
  const written = notes.map((note) => ({
    key: `note ${note.id}`,
    at: note.dateAdded ?? '',
    what: note.userId ? `Note by ${nameOfUser(note.userId)}` : 'Note by an app',
    detail: short(note.bodyText ?? ''),
  }))
  const toDo = tasks.flatMap((task) => {
    const title = task.title ?? ''
    const made = { key: `task ${task.id}`, at: task.dateAdded ?? '', what: 'Task added', detail: title }
    return task.completed
      ? [made, { key: `done ${task.id}`, at: task.dateUpdated ?? '', what: 'Task done', detail: title }]
      : [made]
  })
  const clicked = clicks.map(({ id, name, at }) => ({ key: `click ${id}`, at, what: 'Link clicked', detail: name }))
  return [created, ...changed, ...written, ...toDo, ...clicked].sort((a, b) => b.at.localeCompare(a.at))
}
