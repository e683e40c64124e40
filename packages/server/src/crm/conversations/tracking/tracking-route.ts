import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isPerson } from '../../links/index.js'
import type { DueParts } from '../due.jobs.js'
import { emailsOf, type HeldEmail } from '../emails.sql.js'
import { mailStats } from '../mail-stats.js'
import { mergedEvents } from '../messages.rules.js'
import { messagesOf } from '../messages.sql.js'
import { workIn } from '../work.js'
import { type Act, type MailTracking, type TrackedMail, trackingPath } from './tracking.rules.js'

type Parts = Pick<DueParts, 'db' | 'clock' | 'ports' | 'say'>

/** One transparent point. */
const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }

const isNew = (email: HeldEmail | undefined, act: Act): email is HeldEmail =>
  email?.direction === 'outbound' && !(email.events as Readonly<Record<string, unknown>>)[act]

/** Keeps that a person did it, the first time: an e-mail is one person's, however often they look at it. */
const keep = async ({ db: pool, clock, ports }: Parts, { locationId, emailId }: TrackedMail, act: Act): Promise<void> => {
  if (!isNew(await emailsOf(pool, locationId).read(emailId), act)) return
  const companyId = (await ports.location(locationId))?.companyId
  if (companyId === undefined) return
  const now = clock.now()
  await pool.transaction().execute(async (db) => {
    const emails = emailsOf(db, locationId)
    const email = await emails.hold(emailId)
    if (!isNew(email, act)) return
    const events = mergedEvents(email.events as Record<string, number>, { [act]: 1 }, now)
    // A click is no status that e-mails have on dated versions: it was opened.
    await emails.change(emailId, { status: 'opened', events }, now)
    const newest = (await emails.ofThread(email.messageId)).at(-1)
    if (newest?.id === emailId) await messagesOf(db, locationId).change(email.messageId, { status: act }, now)
    const work = workIn(ports, { db, locationId, companyId, now }, () => {})
    const mailed = {
      messageId: email.messageId,
      contactId: email.contactId,
      emailId,
      from: email.from,
      to: email.to,
      subject: email.subject,
    }
    const answer = { code: 250, message: 'OK', seconds: 0, host: '', attempt: 1 }
    await work.tell('LCEmailStats', mailStats(mailed, work, act, answer))
  })
  ports.wake()
}

/** `/_ground/m/o/…` and `/_ground/m/c/…?to=…`: what the pictures and links of e-mails lead to. No operations: mail programs ask. */
export const trackingRoutes =
  (parts: Parts, tracking: MailTracking) =>
  async (app: FastifyInstance): Promise<void> => {
    const kept = (mail: TrackedMail, act: Act) =>
      keep(parts, mail, act).catch((error: Error) => parts.say(`That an e-mail was ${act} could not be kept: ${error.message}`))

    const asked = (request: FastifyRequest) => {
      const { locationId, emailId, signature } = request.params as TrackedMail & { readonly signature: string }
      const { to } = request.query as { to?: unknown }
      return { mail: { locationId, emailId }, signature, to: typeof to === 'string' ? to : '' }
    }
    const unknown = (reply: FastifyReply) =>
      reply.code(404).headers(headers).type('text/plain; charset=utf-8').send('This address leads nowhere.')

    app.get(`${trackingPath}/o/:locationId/:emailId/:signature`, async (request, reply) => {
      const { mail, signature } = asked(request)
      if (!tracking.isOurs('opened', mail, '', signature)) return unknown(reply)
      if (request.method === 'GET') await kept(mail, 'opened')
      return reply.headers(headers).type('image/gif').send(picture)
    })
    app.get(`${trackingPath}/c/:locationId/:emailId/:signature`, async (request, reply) => {
      const { mail, signature, to } = asked(request)
      if (!tracking.isOurs('clicked', mail, to, signature)) return unknown(reply)
      const purpose = request.headers['sec-purpose'] ?? request.headers.purpose
      const visit = { method: request.method, userAgent: request.headers['user-agent'], purpose: purpose?.toString() }
      if (isPerson(visit)) await kept(mail, 'clicked')
      return reply.code(302).headers(headers).header('location', new URL(to).href).send()
    })
  }
