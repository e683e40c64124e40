import { badRequest, Json } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { type ExportFilter, exportedMessages, exportTotal } from './export.sql.js'

interface Asked extends Pick<ExportFilter, 'conversationId' | 'contactId' | 'channel' | 'onlyAssignedTo'> {
  readonly limit: number
  readonly cursor?: string
  readonly sortBy: 'createdAt' | 'updatedAt'
  readonly sortOrder: 'asc' | 'desc'
  readonly startDate?: string
  readonly endDate?: string
}

interface Place {
  readonly at: string
  readonly id: string
  /** How many there were when the export began: counting them is dearer than any page. */
  readonly total: number
}

const writeCursor = (place: Place) => Buffer.from(JSON.stringify(place)).toString('base64')

const readCursor = (text: string | undefined): Place | undefined => {
  if (text === undefined || text === '') return undefined
  try {
    const { at, id, total } = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Partial<Place>
    if (typeof id === 'string' && /^\w{1,64}$/.test(id) && at && isKnownDate(new Date(at)) && Number.isInteger(total))
      return { at: at as string, id, total: total as number }
  } catch {
    // Whatever it was, it was none of ours.
  }
  throw badRequest('cursor must be the nextCursor of the page before.')
}

const isKnownDate = (at: Date) => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999

const dateOf = (name: string, text: string | undefined): Date | undefined => {
  if (text === undefined || text === '') return undefined
  const at = new Date(/^\d{10,16}$/.test(text) ? Number(text) : text)
  if (!isKnownDate(at)) throw badRequest(`${name} must be a date.`)
  return at
}

/** One page of every message of a sub-account. */
export const exportPage = async (db: Db, locationId: string, asked: Asked) => {
  const place = readCursor(asked.cursor)
  const filter: ExportFilter = {
    conversationId: asked.conversationId,
    contactId: asked.contactId,
    onlyAssignedTo: asked.onlyAssignedTo,
    channel: asked.channel,
    by: asked.sortBy === 'updatedAt' ? 'dateUpdated' : 'dateAdded',
    direction: asked.sortOrder,
    from: dateOf('startDate', asked.startDate),
    to: dateOf('endDate', asked.endDate),
  }
  const total = place?.total ?? (await exportTotal(db, locationId, filter))
  const start = place && { at: new Date(place.at), id: place.id }
  const rows = await exportedMessages(db, locationId, filter, start, asked.limit)
  const shown = rows.slice(0, asked.limit)
  const last = rows.length > asked.limit ? shown.at(-1)?.value : undefined
  return {
    messages: new Json<never>(`[${shown.map(({ text }) => text).join(',')}]`),
    nextCursor: last ? writeCursor({ at: last[filter.by], id: last.id, total }) : null,
    total,
  }
}
