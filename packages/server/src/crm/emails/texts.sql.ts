import type { Db } from '../../database/wire.js'

/** Subject and content of a template of the builder, as a message takes them; undefined for a folder or one without content. */
export const builderTexts = async (db: Db, locationId: string, id: string) => {
  const row = await db
    .selectFrom('emailTemplates')
    .select(['subject', 'html'])
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .where('templateType', '!=', 'folder')
    .executeTakeFirst()
  return row && row.html !== null ? { subject: row.subject ?? undefined, html: row.html, attachments: [] } : undefined
}
