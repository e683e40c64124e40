import { shapes } from '@groundlevel/contracts'
import { type SqlBool, sql } from 'kysely'
import { countRowsUpTo } from '../../database/count-up-to.js'
import { type Db, each } from '../../database/wire.js'
import { idsAssigned } from '../contacts/index.js'

const { Message } = shapes

export interface ExportFilter {
  readonly conversationId?: string | undefined
  readonly contactId?: string | undefined
  /** The user who sees no others; absent: all are seen. */
  readonly onlyAssignedTo?: string | undefined
  readonly channel?: string | undefined
  readonly by: 'dateAdded' | 'dateUpdated'
  readonly direction: 'asc' | 'desc'
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

const channelTypes: Readonly<Record<string, readonly string[]>> = {
  Call: ['TYPE_CALL', 'TYPE_IVR_CALL', 'TYPE_CAMPAIGN_CALL', 'TYPE_CUSTOM_CALL', 'TYPE_CAMPAIGN_VOICEMAIL'],
  SMS: ['TYPE_SMS', 'TYPE_CAMPAIGN_SMS', 'TYPE_CUSTOM_SMS', 'TYPE_CUSTOM_PROVIDER_SMS'],
  Email: ['TYPE_EMAIL', 'TYPE_CAMPAIGN_EMAIL', 'TYPE_CUSTOM_EMAIL', 'TYPE_CUSTOM_PROVIDER_EMAIL'],
  WhatsApp: ['TYPE_WHATSAPP'],
  Instagram: ['TYPE_INSTAGRAM'],
  Facebook: ['TYPE_FACEBOOK'],
}

const filtered = (db: Db, locationId: string, filter: ExportFilter) => {
  const { conversationId, contactId, onlyAssignedTo, channel, by, from, to } = filter
  let rows = db.selectFrom('messages').where('locationId', '=', locationId)
  if (conversationId) rows = rows.where('conversationId', '=', conversationId)
  if (contactId) rows = rows.where('contactId', '=', contactId)
  if (onlyAssignedTo) rows = rows.where('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo))
  // Without a channel: whatever is no e-mail.
  const types = sql.val(channelTypes[channel ?? 'Email'] ?? [])
  rows = rows.where(
    channel ? sql<SqlBool>`"messageType" = any(${types}::text[])` : sql<SqlBool>`"messageType" <> all(${types}::text[])`,
  )
  if (from) rows = rows.where(by, '>=', from)
  return to ? rows.where(by, '<=', to) : rows
}

/** One more than asked for where there are more. */
export const exportedMessages = (
  db: Db,
  locationId: string,
  filter: ExportFilter,
  start: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
) => {
  const { by, direction } = filter
  const than = direction === 'desc' ? sql`<` : sql`>`
  const all = filtered(db, locationId, filter).selectAll()
  const rows = start ? all.where(sql<SqlBool>`(${sql.ref(by)}, id) ${than} (${start.at}, ${start.id})`) : all
  return each(
    db,
    Message,
    rows
      .orderBy(by, direction)
      .orderBy('id', direction)
      .limit(sql.lit(limit + 1)),
  )
}

/** Exact to 10 000: to count a million messages costs more than to read a page of them. */
export const exportTotal = (db: Db, locationId: string, filter: ExportFilter): Promise<number> =>
  countRowsUpTo(db, filtered(db, locationId, filter).select('id'))
