import type { Db } from '../../database/wire.js'

/** Texts of a template that is still there, as a message takes them. */
export const messageTexts = async (db: Db, locationId: string, id: string) => {
  const row = await db
    .selectFrom('messageTemplates')
    .select(['body', 'subject', 'html', 'urlAttachments'])
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .where('deleted', '=', false)
    .executeTakeFirst()
  return (
    row && {
      body: row.body ?? undefined,
      subject: row.subject ?? undefined,
      html: row.html ?? undefined,
      attachments: row.urlAttachments,
    }
  )
}
