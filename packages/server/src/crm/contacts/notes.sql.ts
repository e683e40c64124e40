import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, each, one, page } from '../../database/wire.js'

const { Note } = shapes

export interface NewNote {
  readonly id: string
  readonly body: string
  readonly userId: string | null
  readonly title?: string
  readonly color?: string
  readonly pinned: boolean
  readonly dateAdded: Date
}

export type NoteChange = Partial<Pick<NewNote, 'body' | 'userId' | 'title' | 'color' | 'pinned'>>

/** Text of a note without its markup, and the contact it hangs on as a relation. */
const derived = [
  sql<string>`btrim(regexp_replace(regexp_replace(body, '<br[^>]*>|</p>', E'\\n', 'gi'), '<[^>]*>', '', 'g'), E' \\t\\r\\n')`.as(
    'bodyText',
  ),
  sql<unknown>`json_build_array(json_build_object('objectKey', 'contact', 'recordId', "contactId"))`.as('relations'),
] as const

/** Notes of one contact of one location. */
export const notesOf = (db: Db, owner: { locationId: string; contactId: string }) => {
  const mine = db.selectFrom('contactNotes').where((eb) => eb.and(owner))
  return {
    list: () => page(db, Note, mine.selectAll().select(derived).orderBy('dateAdded', 'desc').orderBy('id').limit(sql.lit(1000))),
    find: (id: string) => one(db, Note, mine.selectAll().select(derived).where('id', '=', id)),
    add: (note: NewNote) =>
      one(
        db,
        Note,
        db
          .insertInto('contactNotes')
          .values({ ...note, ...owner })
          .returningAll()
          .returning(derived),
      ),
    change: (id: string, change: NoteChange) =>
      Object.keys(change).length === 0
        ? one(db, Note, mine.selectAll().select(derived).where('id', '=', id))
        : one(
            db,
            Note,
            db
              .updateTable('contactNotes')
              .set(change)
              .where((eb) => eb.and({ ...owner, id }))
              .returningAll()
              .returning(derived),
          ),
    remove: (id: string) =>
      one(
        db,
        Note,
        db
          .deleteFrom('contactNotes')
          .where((eb) => eb.and({ ...owner, id }))
          .returningAll()
          .returning(derived),
      ),
    /** Whether there is such a contact; its row stays while the transaction runs. */
    holdContact: async () => {
      const held = await db
        .selectFrom('contacts')
        .select('id')
        .where('locationId', '=', owner.locationId)
        .where('id', '=', owner.contactId)
        .forKeyShare()
        .executeTakeFirst()
      return held?.id
    },
    contactExists: async () => {
      const row = await db
        .selectFrom('contacts')
        .select('id')
        .where('locationId', '=', owner.locationId)
        .where('id', '=', owner.contactId)
        .executeTakeFirst()
      return row?.id
    },
  }
}

const noteColumns = ['locationId', 'contactId', 'id', 'body', 'userId', 'pinned', 'dateAdded'] as const

/** Notes of many contacts of one location, whom the caller holds. @returns them as single replies have them */
export const addNotes = (
  db: Db,
  locationId: string,
  notes: readonly (Omit<NewNote, 'title' | 'color'> & { readonly contactId: string })[],
) => {
  const rows = rowsOf(
    'contactNotes',
    notes.map((note) => ({ ...note, locationId })),
  )
  const added = db
    .insertInto('contactNotes')
    .columns(noteColumns)
    .expression(sql`select ${columnsOf<'contactNotes'>(...noteColumns)} from ${rows}`)
  return each(db, Note, added.returningAll().returning(derived))
}
