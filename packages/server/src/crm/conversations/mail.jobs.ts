import { createLoop, type Loop } from '../../background/loop.js'
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

const atOnce = 10
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
  const mailed = { messageId: email.messageId, emailId: email.id, from: email.from, to: email.to, subject: email.subject }
  await work.tell('LCEmailStats', mailStats(mailed, work, event, { ...answer, attempt }))
}

const finish = async (parts: DueParts, db: Db, send: Send, email: HeldEmail, answer: MailAnswer) => {
  const now = parts.clock.now()
  const pauseMs = pausesMs[send.attempts]
  if (!answer.accepted && answer.again && pauseMs !== undefined) {
    const dueAt = new Date(now.getTime() + pauseMs)
    await sendsOf(db).move(send, { stage: 'smtp', attempts: send.attempts + 1, dueAt })
    return
  }
  await sendsOf(db).remove(send)
  const companyId = (await parts.ports.location(send.locationId))?.companyId
  if (companyId === undefined) return
  const work = workIn(parts.ports, { db, locationId: send.locationId, companyId, now }, () => {})
  await settle(work, email, answer, send.attempts + 1)
}

/** Keeps a transaction awake that waits for a mail server: what idles too long is ended by the database. */
const awake = async <T>(db: Db, work: Promise<T>): Promise<T> => {
  const timer = setInterval(
    () =>
      void sendsOf(db)
        .stayAwake()
        .catch(() => {}),
    5_000,
  )
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}

/** Sends what is due to the mail server. A row's lock is its lease: whoever dies gives it back. @returns how many were tried */
export const mailDue = async (parts: DueParts, mailer: Mailer): Promise<number> => {
  const tried = await parts.db.transaction().execute(async (db) => {
    const due = await sendsOf(db).due('smtp', parts.clock.now(), atOnce)
    const known = []
    for (const send of due) {
      const email = await emailsOf(db, send.locationId).read(send.emailId)
      if (email) {
        const before = await earlier(db, email, send.locationId)
        const replyTo = await replyAddress(parts, db, email, send.locationId)
        const { tracking } = parts.ports
        const htmlOf = (html: string) => (tracking ? tracked(html, tracking, send) : html)
        known.push({ send, email, mail: mailOf(email, before, { replyTo, htmlOf }) })
      } else await sendsOf(db).remove(send)
    }
    const answers = await awake(db, Promise.all(known.map(({ mail }) => mailer.send(mail))))
    for (const [index, { send, email }] of known.entries()) await finish(parts, db, send, email, answers[index] as MailAnswer)
    return due.length
  })
  if (tried > 0) parts.ports.wake()
  return tried
}

export const mailLoop = (parts: DueParts, mailer: Mailer): Loop =>
  createLoop({
    work: async () => {
      const tried = await mailDue(parts, mailer)
      return tried === 0 ? 'nothing' : tried < atOnce ? 'some' : 'full'
    },
    idleMs: 300,
    longestIdleMs: 1_000,
    busyMs: 25,
    onError: (error) => parts.say(`E-mails could not be sent, trying again: ${error.message}`),
  })
