import { createHandOver, writtenSurely } from '../../background/hand-over.js'
import type { Loop } from '../../background/loop.js'
import { freePredecessors } from '../../database/leases.js'
import type { Db } from '../../database/wire.js'
import type { DueParts } from './due.jobs.js'
import { emailsOf, type HeldEmail } from './emails.sql.js'
import { mailTokensOf } from './mail-in/addresses.sql.js'
import { addressOf } from './mail-in/received.rules.js'
import { mailStats } from './mail-stats.js'
import { messagesOf } from './messages.sql.js'
import type { Mail, MailAnswer, Mailer } from './ports.js'
import { type Send, sendsOf } from './sends.sql.js'
import { bareAddress } from './texts.rules.js'
import { tracked } from './tracking/tracking.rules.js'
import { type Work, workIn } from './work.js'

/** One who hands e-mails to the mail server. */
export interface MailParts extends DueParts {
  /** Of the rows that are taken (`ownerName`). */
  readonly owner: string
  readonly dataDir: string
}

const atOnce = 10
/** A minute more than the mailer waits for its server. */
const leaseSeconds = 11 * 60
const minuteMs = 60_000
/** Pauses after a try that a server might accept later; after the last the e-mail has failed. */
const pausesMs = [1, 5, 15, 60, 240].map((minutes) => minutes * minuteMs)

/** One id for every try: a mail that was sent by a process that died before it could say so is known again. */
const mailIdOf = (emailId: string, from: string) => `<${emailId}@${bareAddress(from).split('@')[1] ?? 'localhost'}>`

/** Nobody's holiday notice answers what no person wrote (RFC 3834). */
const automatic: ReadonlySet<string> = new Set(['workflow', 'bulk_actions', 'campaign'])

interface Extras {
  readonly replyTo: string | undefined
  /** The text as it leaves. */
  htmlOf(html: string): string
}

const mailOf = (email: HeldEmail, before: readonly HeldEmail[], { replyTo, htmlOf }: Extras): Mail => {
  const ids = before.map((each) => each.altId ?? mailIdOf(each.id, each.from))
  const replied = before.find(({ id }) => id === email.replyToMessageId)
  return {
    messageId: mailIdOf(email.id, email.from),
    inReplyTo: replied && (replied.altId ?? mailIdOf(replied.id, replied.from)),
    references: ids,
    from: email.from,
    to: email.to,
    cc: email.cc,
    bcc: email.bcc,
    subject: email.subject ?? '',
    html: email.contentType === 'text/html' ? htmlOf(email.body) : undefined,
    text: email.contentType === 'text/html' ? (email.bodyText ?? undefined) : email.body,
    attachments: email.attachments,
    replyTo,
    automatic: automatic.has(email.source),
  }
}

const earlier = async (db: Db, email: HeldEmail, locationId: string) =>
  (await emailsOf(db, locationId).ofThread(email.messageId)).filter(
    (each) => each.id !== email.id && each.dateAdded <= email.dateAdded,
  )

/** Where answers, and what comes back, find their conversation. */
const replyAddress = async ({ ports, clock }: DueParts, db: Db, { contactId }: HeldEmail, locationId: string) =>
  ports.mailDomain === undefined
    ? undefined
    : addressOf(await mailTokensOf(db, locationId).keep(contactId, clock.now()), ports.mailDomain)

/** Where an e-mail stands by what a mail server said, and the event that says so. */
export const settle = async (work: Work, email: HeldEmail, answer: MailAnswer, attempt: number) => {
  const { db, locationId, now } = work
  const status = answer.accepted ? 'sent' : 'failed'
  const error = answer.accepted ? null : { code: String(answer.code), type: 'smtp', message: answer.message.slice(0, 500) }
  await emailsOf(db, locationId).change(email.id, { status, error }, now)
  await messagesOf(db, locationId).change(email.messageId, { status, error }, now)
  const event = answer.accepted ? 'accepted' : 'failed'
  const mailed = {
    messageId: email.messageId,
    contactId: email.contactId,
    emailId: email.id,
    from: email.from,
    to: email.to,
    subject: email.subject,
  }
  await work.tell('LCEmailStats', mailStats(mailed, work, event, { ...answer, attempt }))
}

const finish = async (parts: MailParts, db: Db, send: Send, email: HeldEmail, answer: MailAnswer) => {
  if (!(await sendsOf(db).isHeld(send, parts.owner))) return
  const now = parts.clock.now()
  const pauseMs = pausesMs[send.attempts]
  if (!answer.accepted && answer.again && pauseMs !== undefined) {
    const dueAt = new Date(now.getTime() + pauseMs)
    await sendsOf(db).move(send, { attempts: send.attempts + 1, dueAt })
    return
  }
  await sendsOf(db).remove(send)
  const companyId = (await parts.ports.location(send.locationId))?.companyId
  if (companyId === undefined) return
  const work = workIn(parts.ports, { db, locationId: send.locationId, companyId, now }, () => {})
  await settle(work, email, answer, send.attempts + 1)
}

const mailFor = async (parts: MailParts, send: Send, email: HeldEmail): Promise<Mail> => {
  const { db, ports } = parts
  const before = await earlier(db, email, send.locationId)
  const replyTo = await replyAddress(parts, db, email, send.locationId)
  const htmlOf = (html: string) => (ports.tracking ? tracked(html, ports.tracking, send) : html)
  return mailOf(email, before, { replyTo, htmlOf })
}

/** A mail that cannot be put together has its tries too: it would be tried for ever. */
const unwritten = ({ message }: Error): MailAnswer => ({
  accepted: false,
  code: 451,
  message: `The e-mail could not be put together: ${message}`,
  again: true,
  seconds: 0,
  host: '',
})

const sendOne = async (parts: MailParts, mailer: Mailer, send: Send): Promise<void> => {
  const { db, ports } = parts
  const email = await emailsOf(db, send.locationId).read(send.emailId)
  if (!email) return sendsOf(db).remove(send)
  const mail = await mailFor(parts, send, email).catch((error: Error) => error)
  if (mail instanceof Error) parts.say(`E-mail ${email.id} could not be put together (try ${send.attempts + 1}): ${mail.message}`)
  const answer = mail instanceof Error ? unwritten(mail) : await mailer.send(mail)
  await writtenSurely(() => db.transaction().execute((transaction) => finish(parts, transaction, send, email, answer)))
  ports.wake()
}

/** Takes e-mails that are due. @returns what hands each of them to the mail server */
export const claimMails = async (parts: MailParts, mailer: Mailer, limit = atOnce): Promise<readonly (() => Promise<void>)[]> => {
  const sends = sendsOf(parts.db)
  const due = await sends.claim({ owner: parts.owner, seconds: leaseSeconds }, parts.clock.now(), limit)
  return due.map((send) => () => sendOne(parts, mailer, send))
}

/**
 * Sends e-mails, each for itself: what became of one is written as soon as the mail server has answered, so that a process that
 * dies sends again only what it had no answer to, or no time to write.
 */
export const mailLoop = (parts: MailParts, mailer: Mailer): Loop => {
  let freed = false
  return createHandOver({
    claim: async (limit) => {
      if (!freed) await freePredecessors(parts.db, 'messageSends', parts.dataDir)
      freed = true
      return claimMails(parts, mailer, limit)
    },
    hand: (send) => send(),
    atOnce,
    onError: (error) => parts.say(`E-mails could not be sent, trying again: ${error.message}`),
  })
}
