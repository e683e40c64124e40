import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { MessageTemplate } = shapes

export interface TemplateTexts {
  readonly body?: string | null
  readonly subject?: string | null
  readonly html?: string | null
  readonly urlAttachments?: string[]
}

export interface NewTemplate extends TemplateTexts {
  readonly id: string
  readonly name: string
  readonly type: 'sms' | 'email' | 'whatsapp'
}

/** What the wire calls `template`: e-mail has subject and html, the others a body. */
const template = sql<unknown>`case when type = 'email'
  then json_build_object('subject', coalesce(subject, ''), 'html', coalesce(html, ''), 'attachments', json_build_array())
  else json_build_object('body', coalesce(body, ''), 'attachments', json_build_array()) end`.as('template')

/** Message templates of one location; deleted ones stay readable. */
export const templatesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('messageTemplates').where('locationId', '=', locationId)
  const change = (id: string, set: TemplateTexts & { name?: string; deleted?: boolean }, dateUpdated: Date) => {
    const changed = db.updateTable('messageTemplates').set({ ...set, dateUpdated })
    const living = changed.where('locationId', '=', locationId).where('id', '=', id).where('deleted', '=', false)
    return one(db, MessageTemplate, living.returningAll().returning(template))
  }
  return {
    list: async (filter: { deleted: boolean; type?: string | undefined; skip: number; limit: number }) => {
      const all = mine.where('deleted', '=', filter.deleted)
      const asked = filter.type ? all.where('type', '=', filter.type as NewTemplate['type']) : all
      const rows = asked.selectAll().select(template).orderBy('dateAdded', 'desc').orderBy('id')
      const { total } = await asked.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
      const page = rows.limit(sql.lit(filter.limit)).offset(sql.lit(filter.skip))
      return { templates: await sparseRows(db, MessageTemplate, page), totalCount: Number(total) }
    },
    find: (id: string) => one(db, MessageTemplate, mine.selectAll().select(template).where('id', '=', id)),
    add: (row: NewTemplate, now: Date) => {
      const values = { urlAttachments: [], ...row, locationId, deleted: false, dateAdded: now, dateUpdated: now }
      return one(db, MessageTemplate, db.insertInto('messageTemplates').values(values).returningAll().returning(template))
    },
    change,
    remove: (id: string, now: Date) => change(id, { deleted: true }, now),
  }
}
