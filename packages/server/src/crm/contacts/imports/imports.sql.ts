import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../../database/rows.js'
import { type Db, one, page } from '../../../database/wire.js'
import type { Author } from '../../../http/author.js'
import type { Mapping } from './columns.rules.js'
import type { RefusedRow } from './rows.rules.js'

const { ContactImport } = shapes

export interface NewImport {
  readonly id: string
  readonly fileName: string
  readonly mapping: Mapping
  readonly onDuplicate: 'create' | 'update' | 'skip'
  readonly dryRun: boolean
  readonly tags: readonly string[]
  readonly author: Author
  readonly companyId: string
  readonly traceId: string
  readonly dateAdded: Date
}

/** What one batch adds to the counts of its import. */
export interface Progress {
  readonly rowsRead: number
  readonly created: number
  readonly updated: number
  readonly skipped: number
  readonly refused: number
}

const nothing = { bytes: 0, bytesRead: 0, rowsRead: 0, created: 0, updated: 0, skipped: 0, refused: 0 }

/** Imports of one location, with their files and the rows that were refused. */
export const importsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('contactImports').where('locationId', '=', locationId)
  const change = (id: string) => db.updateTable('contactImports').where('locationId', '=', locationId).where('id', '=', id)
  const chunks = db.selectFrom('contactImportChunks').where('locationId', '=', locationId)
  const errors = db.selectFrom('contactImportErrors').where('locationId', '=', locationId)

  const forgetErrors = (id: string) =>
    db.deleteFrom('contactImportErrors').where('locationId', '=', locationId).where('importId', '=', id).execute()

  return {
    list: (limit: number, skip: number) =>
      page(
        db,
        ContactImport,
        mine.selectAll().orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)).offset(sql.lit(skip)),
      ),
    find: (id: string) => one(db, ContactImport, mine.selectAll().where('id', '=', id)),
    /** What a run goes by. */
    order: (id: string) => mine.selectAll().where('id', '=', id).executeTakeFirst(),

    add: ({ mapping, author, tags, ...row }: NewImport) =>
      db
        .insertInto('contactImports')
        .values({
          ...nothing,
          ...row,
          tags: [...tags],
          mapping: JSON.stringify(mapping),
          author: JSON.stringify(author),
          locationId,
          status: 'uploading',
          dateUpdated: row.dateAdded,
        })
        .execute(),

    addChunk: (importId: string, seq: number, bytes: Buffer) =>
      db.insertInto('contactImportChunks').values({ locationId, importId, seq, bytes }).execute(),
    chunk: async (importId: string, seq: number) =>
      (await chunks.select('bytes').where('importId', '=', importId).where('seq', '=', seq).executeTakeFirst())?.bytes,
    removeFile: (importId: string) =>
      db.deleteFrom('contactImportChunks').where('locationId', '=', locationId).where('importId', '=', importId).execute(),

    received: (id: string, bytes: number, now: Date) =>
      one(db, ContactImport, change(id).set({ bytes, status: 'waiting', dateUpdated: now }).returningAll()),
    remove: (id: string) => db.deleteFrom('contactImports').where('locationId', '=', locationId).where('id', '=', id).execute(),

    /** Only what waits or runs can be ended. */
    cancel: (id: string, now: Date) =>
      one(
        db,
        ContactImport,
        change(id)
          .where('status', 'in', ['waiting', 'running'])
          .set({ status: 'cancelled', dateUpdated: now, finishedAt: now })
          .returningAll(),
      ),

    /** Only a trial that has ended, and whose file is still there, can be run in earnest. */
    restart: async (id: string, now: Date) => {
      const restarted = await one(
        db,
        ContactImport,
        change(id)
          .where('status', '=', 'done')
          .where('dryRun', '=', true)
          .where(({ exists }) => exists(chunks.select('seq').where('importId', '=', id).limit(sql.lit(1))))
          .set({ ...zero, status: 'waiting', dryRun: false, dateUpdated: now, finishedAt: null })
          .returningAll(),
      )
      if (restarted) await forgetErrors(id)
      return restarted
    },

    /** The run begins, or goes on after whoever ran it is gone. A trial has left nothing behind and begins anew. */
    begin: (id: string, mapping: Mapping, now: Date) =>
      change(id)
        .where('status', 'in', ['waiting', 'running'])
        .set({ status: 'running', mapping: JSON.stringify(mapping), dateUpdated: now })
        .returning(['id', 'rowsRead'])
        .executeTakeFirst(),
    beginTrial: async (id: string) => {
      await change(id).set(zero).execute()
      await forgetErrors(id)
    },

    /** Counts a batch, once: undefined where the import was ended, or where another run counted it already. */
    advance: (
      id: string,
      from: number,
      { rowsRead, created, updated, skipped, refused }: Progress,
      bytesRead: number,
      now: Date,
    ) =>
      change(id)
        .where('status', '=', 'running')
        .where('rowsRead', '=', from)
        .set((eb) => ({
          rowsRead: eb('rowsRead', '+', rowsRead),
          created: eb('created', '+', created),
          updated: eb('updated', '+', updated),
          skipped: eb('skipped', '+', skipped),
          refused: eb('refused', '+', refused),
          bytesRead,
          dateUpdated: now,
        }))
        .returning('id')
        .executeTakeFirst(),

    finish: async (id: string, now: Date) => {
      const done = change(id).where('status', '=', 'running')
      await done.set((eb) => ({ status: 'done', bytesRead: eb.ref('bytes'), dateUpdated: now, finishedAt: now })).execute()
    },
    fail: (id: string, error: string, now: Date) =>
      change(id)
        .where('status', 'in', ['waiting', 'running'])
        .set({ status: 'failed', error, dateUpdated: now, finishedAt: now })
        .execute(),

    addErrors: async (importId: string, rows: readonly RefusedRow[]) => {
      if (rows.length === 0) return
      const columns = columnsOf<'contactImportErrors'>('locationId', 'importId', 'row', 'reason', 'cells')
      const stored = rows.map((row) => ({ ...row, locationId, importId }))
      await sql`insert into "contactImportErrors" (${columns}) select ${columns} from ${rowsOf('contactImportErrors', stored)}`.execute(
        db,
      )
    },
    /** The columns as the file has them, beside the rows that were refused: a mapping keeps no order. */
    keepHeaders: (importId: string, cells: readonly string[]) =>
      db
        .insertInto('contactImportErrors')
        .values({ locationId, importId, row: 0, reason: '', cells: [...cells] })
        .onConflict((conflict) => conflict.columns(['locationId', 'importId', 'row']).doNothing())
        .execute(),
    headers: async (importId: string) =>
      (await errors.select('cells').where('importId', '=', importId).where('row', '=', 0).executeTakeFirst())?.cells,
    errorsAfter: (importId: string, row: number, limit: number) =>
      errors
        .select(['row', 'reason', 'cells'])
        .where('importId', '=', importId)
        .where('row', '>', row)
        .orderBy('row')
        .limit(sql.lit(limit))
        .execute(),
  }
}

const zero = { bytesRead: 0, rowsRead: 0, created: 0, updated: 0, skipped: 0, refused: 0 }

export type Imports = ReturnType<typeof importsOf>

/** Imports that wait to be run, or whose run may have been cut off: the oldest first, of whatever location. */
export const openImports = (db: Db, limit: number) =>
  db
    .selectFrom('contactImports')
    .select(['locationId', 'id'])
    .where('status', 'in', ['waiting', 'running'])
    .orderBy('dateAdded')
    .orderBy('id')
    .limit(sql.lit(limit))
    .execute()

/** Files that nobody will ask for any more, and uploads that broke off. */
export const sweepImports = async (db: Db, before: Date): Promise<void> => {
  await db
    .deleteFrom('contactImportChunks')
    .using('contactImports')
    .whereRef('contactImports.locationId', '=', 'contactImportChunks.locationId')
    .whereRef('contactImports.id', '=', 'contactImportChunks.importId')
    .where('contactImports.status', 'in', ['done', 'failed', 'cancelled'])
    .where('contactImports.dateUpdated', '<', before)
    .execute()
  await db.deleteFrom('contactImports').where('status', '=', 'uploading').where('dateUpdated', '<', before).execute()
}

/** Holds an import for one run while `work` lasts; undefined where another process holds it. A process that dies lets go. */
export const holdImport = async <T>(db: Db, importId: string, work: () => Promise<T>): Promise<T | undefined> =>
  db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`contact import ${importId}`}, 8)`
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${key}) as mine`.execute(connection)
    if (!rows[0]?.mine) return undefined
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection)
    }
  })
