import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageHeaders } from '../public-pages/index.js'
import { calendarsOf } from './calendars.sql.js'
import type { StoredEvent } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { feedDigest } from './feeds.handlers.js'
import { feedBySecret } from './feeds.sql.js'
import { icsEventOf, icsOf } from './ics.rules.js'
import { say, textOf, type VisitorParts } from './visitor.js'

const dayMs = 86_400_000
/** What a calendar program keeps of the past, and looks ahead. */
const backMs = 90 * dayMs
const aheadMs = 400 * dayMs

interface Feed {
  readonly locationId: string
  readonly calendarId: string | null
  readonly userId: string | null
}

/** What the feed is called; undefined where what it showed is there no longer. */
const nameOf = async ({ db, ports }: VisitorParts, { locationId, calendarId, userId }: Feed): Promise<string | undefined> => {
  if (calendarId) return (await calendarsOf(db, locationId).find(calendarId))?.name
  const known = await ports.users.among(db, locationId, [userId ?? ''])
  return known.has(userId ?? '') ? 'Appointments' : undefined
}

const eventsIn = async ({ db, clock }: VisitorParts, { locationId, calendarId, userId }: Feed): Promise<StoredEvent[]> => {
  const nowMs = clock.now().getTime()
  const whose = { ...(calendarId ? { calendarId } : {}), ...(userId ? { userId } : {}) }
  const filter = { ...whose, from: nowMs - backMs, to: nowMs + aheadMs }
  const events = eventsOf(db, locationId)
  return [...(await events.list('appointment', filter)), ...(await events.list('blocked', filter))]
}

/** `/widget/feed/{secret}.ics`: what is booked in a calendar or with a user, as calendar programs ask for it again and again. */
export const feed = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const secret = /^([\w-]{43})\.ics$/.exec(textOf(request.params, 'file'))?.[1]
  const found = secret && (await feedBySecret(parts.db, feedDigest(secret)))
  const name = found && (await nameOf(parts, found))
  if (!found || name === undefined)
    return say(reply, 404, 'No such calendar', 'This address shows no calendar, or none any more.')
  const text = icsOf(name, (await eventsIn(parts, found)).map(icsEventOf))
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
  reply.headers({ ...pageHeaders({ nonce: '' }), etag, 'cache-control': 'private, no-cache' })
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((each) => each.replace(/^W\//, '') === etag || each === '*'))
    return reply.code(304).send()
  return reply.header('content-disposition', 'inline; filename="calendar.ics"').type('text/calendar; charset=utf-8').send(text)
}
