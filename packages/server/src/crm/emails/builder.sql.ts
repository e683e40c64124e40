import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one as findOne, sparseRows } from '../../database/wire.js'

const { EmailTemplate, EmailTemplateContent } = shapes

export interface NewEmailTemplate {
  readonly id: string
  readonly name: string
  readonly templateType: string
  readonly version: string
  readonly parentId: string | null
  readonly updatedBy: string
  readonly isPlainText: boolean
}

export interface EmailContent {
  readonly updatedBy: string
  readonly templateType: 'html' | 'builder'
  readonly html: string
  readonly dnd: object
  readonly previewText?: string | null
  readonly subject?: string | null
  readonly isPlainText?: boolean
  readonly previewPath: string
  readonly dataPath: string
}

export interface BuilderFilter {
  readonly search?: string | undefined
  readonly name?: string | undefined
  readonly parentId?: string | undefined
  readonly builderVersion?: string | undefined
  readonly archived: boolean
  readonly templatesOnly: boolean
  readonly sortByDate: 'asc' | 'desc'
  readonly limit: number
  readonly offset: number
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** E-mail templates and their folders, of one location. */
export const emailTemplatesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('emailTemplates').where('locationId', '=', locationId)
  const one = (id: string) => mine.where('id', '=', id)

  const matching = ({ search, name, parentId, builderVersion, archived, templatesOnly }: BuilderFilter) => {
    let rows = mine.where('archived', '=', archived)
    if (search) rows = rows.where('name', 'ilike', containing(search))
    if (name) rows = rows.where('name', 'ilike', containing(name))
    if (parentId) rows = rows.where('parentId', '=', parentId)
    if (builderVersion) rows = rows.where('version', '=', builderVersion)
    return templatesOnly ? rows.where('templateType', '!=', 'folder') : rows
  }

  return {
    list: async (filter: BuilderFilter, publicUrl: string) => {
      const rows = matching(filter)
        .selectAll()
        .select(sql<string>`coalesce(${publicUrl}::text || "previewPath", '')`.as('previewUrl'))
        .orderBy('dateAdded', filter.sortByDate)
        .orderBy('id')
        .limit(sql.lit(filter.limit))
        .offset(sql.lit(filter.offset))
      const total = await matching(filter)
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow()
      return { builders: await sparseRows(db, EmailTemplate, rows), total: [{ total: Number(total.n) }] }
    },
    find: (id: string, publicUrl: string) =>
      findOne(
        db,
        EmailTemplateContent,
        one(id).selectAll().select(sql<string>`coalesce(${publicUrl}::text || "previewPath", '')`.as('previewUrl')),
      ),
    /** The fields that are given; a folder of `null` is none. */
    change: (id: string, fields: { name?: string; parentId?: string | null; archived?: boolean }, lastUpdated: Date) =>
      db
        .updateTable('emailTemplates')
        .set({ ...fields, lastUpdated })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute(),
    isFolder: async (id: string) => (await one(id).select('templateType').executeTakeFirst())?.templateType === 'folder',
    /** What a change decides on, locked until the transaction ends. */
    lock: (id: string) => one(id).select(['id', 'templateType', 'previewPath', 'dataPath']).forUpdate().executeTakeFirst(),

    add: (row: NewEmailTemplate, now: Date) =>
      db
        .insertInto('emailTemplates')
        .values({ ...row, locationId, archived: false, dateAdded: now, lastUpdated: now })
        .execute(),

    store: (id: string, { dnd, ...content }: EmailContent, lastUpdated: Date) =>
      db
        .updateTable('emailTemplates')
        .set({ ...content, dnd: JSON.stringify(dnd), lastUpdated })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute(),

    /** What was in a folder moves to where the folder was. */
    remove: async (id: string): Promise<void> => {
      const folder = db.selectFrom('emailTemplates').select('parentId').where('locationId', '=', locationId).where('id', '=', id)
      await db
        .updateTable('emailTemplates')
        .set({ parentId: folder })
        .where('locationId', '=', locationId)
        .where('parentId', '=', id)
        .execute()
      await db.deleteFrom('emailTemplates').where('locationId', '=', locationId).where('id', '=', id).execute()
    },
  }
}
