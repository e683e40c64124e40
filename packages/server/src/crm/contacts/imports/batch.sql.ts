import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../../database/rows.js'
import { type Db, each } from '../../../database/wire.js'
import type { Author } from '../../../http/author.js'
import { textFields } from '../contacts.rules.js'
import { inOne, locationKey } from '../contacts.sql.js'
import type { CustomFieldValue } from '../custom-fields.rules.js'
import type { KnownContact, PlannedContact } from './plan.rules.js'

/** What a row of a file fills in, a name each: texts, and what is more than its text. */
const texts = [...textFields, 'email', 'phone', 'dateOfBirth'] as const

const own = columnsOf<'contacts'>(...texts, 'id', 'dnd', 'type', 'tags', 'customFields', 'dateAdded')
/** The same in every row of a batch. */
const shared = columnsOf<'contacts'>('locationId', 'followers', 'additionalEmails', 'createdBy', 'dateUpdated')

/** So much of an index of words waits to be sorted in: a batch then costs a quarter less, a search of text some milliseconds more. */
const pendingKb = 8192

const overwritten = sql.join(
  [...texts, 'dnd', 'type', 'tags', 'customFields'].map(
    (name) => sql`${sql.ref(name)} = coalesce(n.${sql.ref(name)}, c.${sql.ref(name)})`,
  ),
)

interface Values {
  readonly ids: readonly string[]
  readonly emails: readonly string[]
  readonly phones: readonly string[]
}

/** Writes many contacts of one location at once. */
export const batchOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('contacts').where('locationId', '=', locationId)
  const among = (column: 'id' | 'email' | 'phone', values: readonly string[]) =>
    mine.select('id').where(sql<boolean>`${sql.ref(column)} = any(${sql.val(values)}::text[])`)

  return {
    /** A plan that was made while the location was small reads it whole, again and again, once it has grown. */
    planAnew: () => sql`set local plan_cache_mode = force_custom_plan`.execute(db),

    /** Words of new contacts are sorted in by the thousand. `sortIn` when all are written: else the next who writes one has to. */
    deferWords: () => sql`set local gin_pending_list_limit = ${sql.lit(pendingKb)}`.execute(db),
    sortIn: () => sql`select gin_clean_pending_list('contacts_text'), gin_clean_pending_list('contacts_values')`.execute(db),

    /** Nobody else writes contacts by e-mail or phone here until the transaction ends: all of a batch is looked up at once. */
    holdLocation: () => sql`select pg_advisory_xact_lock(${locationKey(locationId)})`.execute(db),

    /** Contacts that rows may mean, oldest first, locked: which of two with one e-mail is meant is what the API would say. */
    known: async ({ ids, emails, phones }: Values): Promise<KnownContact[]> => {
      const found = among('id', ids).union(among('email', emails)).union(among('phone', phones))
      const rows = await mine
        .select(['id', 'email', 'phone', 'dnd', 'tags', 'customFields'])
        .where('id', 'in', found)
        .orderBy('dateAdded')
        .orderBy('id')
        .forUpdate()
        .execute()
      return rows.map((row) => ({ ...row, customFields: row.customFields as CustomFieldValue[] }))
    },

    insert: async (contacts: readonly PlannedContact[], author: Author, dateOf: (at: number) => Date) => {
      if (contacts.length === 0) return
      const rows = contacts.map(({ id, change, type, tags, customFields }, at) => {
        const dnd = change.dnd ?? false
        return { ...change, id, dnd, type: type ?? 'lead', tags, customFields, dateAdded: dateOf(at) }
      })
      const same = sql`${locationId}, '{}'::text[], '[]'::jsonb, ${JSON.stringify(author)}::jsonb, ${author.timestamp}::timestamptz`
      await sql`insert into contacts (${own}, ${shared}) select ${own}, ${same} from ${rowsOf('contacts', rows)}`.execute(db)
      await db.insertInto('contactCounts').values({ locationId, delta: rows.length }).execute()
    },

    /** A field that the file says nothing of stays. */
    update: async (contacts: readonly PlannedContact[], author: Author) => {
      if (contacts.length === 0) return
      const rows = contacts.map(({ id, change, type, tags, customFields }) => ({ ...change, id, type, tags, customFields }))
      await sql`update contacts c set ${overwritten}, "lastUpdatedBy" = ${JSON.stringify(author)}::jsonb, "dateUpdated" = ${author.timestamp}
        from ${rowsOf('contacts', rows)} n where c."locationId" = ${locationId} and c.id = n.id`.execute(db)
    },

    /** As single-contact replies have them: for events. */
    whole: (ids: readonly string[]) =>
      each(
        db,
        shapes.Contact,
        mine
          .selectAll()
          .select(inOne)
          .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`),
      ),
  }
}
