import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from './contact.shapes.js'
import { contacts } from './module.js'

const Relation = t.Object({ objectKey: t.String(), recordId: t.String() })

export const Note = t.Object({
  id: t.String(),
  body: t.String(),
  bodyText: t.String(),
  userId: t.Nullable(t.String()),
  dateAdded: t.DateTime(),
  contactId: t.String(),
  title: t.Optional(t.String()),
  color: t.Optional(t.String()),
  pinned: t.Boolean(),
  relations: t.Array(Relation),
})

const NoteBody = t.Object({
  body: t.String({ minLength: 1, maxLength: 65_536 }),
  userId: t.Optional(t.Nullable(t.String())),
  title: t.Optional(t.String({ maxLength: 500 })),
  color: t.Optional(t.String({ maxLength: 40 })),
  pinned: t.Optional(t.Boolean()),
})

const One = t.Object({ note: Note })

export const notes = contacts.resource(
  'notes',
  '/contacts/:contactId/notes',
  {
    list: GET('', {
      id: 'get-all-notes',
      summary: 'Notes of a contact, newest first',
      reply: t.Object({ notes: t.Array(t.Row(Note)) }),
    }),
    create: POST('', {
      id: 'create-note',
      summary: 'Write a note',
      body: NoteBody,
      status: 201,
      reply: One,
      emits: ['NoteCreate'],
    }),
    get: GET('/:id', { id: 'get-note', summary: 'One note', reply: One }),
    update: PUT('/:id', {
      id: 'update-note',
      summary: 'Change a note',
      body: t.Partial(NoteBody),
      reply: One,
      emits: ['NoteUpdate'],
    }),
    remove: DELETE('/:id', { id: 'delete-note', summary: 'Delete a note', reply: t.Object(succeeded), emits: ['NoteDelete'] }),
  },
  { reaches: { contact: ['contactId'] } },
)
