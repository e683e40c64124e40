import { WireError } from '@groundlevel/contract-kit'
import type { Blobs } from '../../../blobs/index.js'
import type { DueParts } from '../due.jobs.js'
import { emailsOf, type HeldEmail } from '../emails.sql.js'
import { settle } from '../mail.jobs.js'
import { logMessage } from '../receiving.js'
import { conversationWith } from '../storing.js'
import { mailbox } from '../texts.rules.js'
import { type Work, workIn } from '../work.js'
import type { MailBox } from './addresses.sql.js'
import { type Bounce, emailIdIn, type ReceivedMail, withFileLinks } from './received.rules.js'
import { receivedMailsOf } from './received-mails.sql.js'

export interface MailInParts extends Pick<DueParts, 'db' | 'clock' | 'ports' | 'say'> {
  readonly blobs: Pick<Blobs, 'put'>
}

/** A mail that will never be taken, for the server that brought it. */
export class Refused extends Error {}

/** Of several mails that it may answer, the nearest that there is here. */
const answeredMail = async ({ db, locationId }: Work, contactId: string | null, ids: readonly string[]) => {
  const emails = emailsOf(db, locationId)
  const fits = (email: HeldEmail | undefined) => (email && (contactId ?? email.contactId) === email.contactId ? email : undefined)
  for (const id of ids) {
    const ours = emailIdIn(id)
    const found =
      (ours === undefined ? undefined : fits(await emails.read(ours))) ??
      (contactId === null ? undefined : await emails.byAltId(contactId, id))
    if (found) return found
  }
  return undefined
}

/** The contact who writes: whose address it is, whose mail is answered, or who is known by the sender's address from now on. */
const correspondent = async (parts: MailInParts, work: Work, box: MailBox, mail: ReceivedMail): Promise<string> => {
  const known = box.contactId ?? (await answeredMail(work, null, mail.answers))?.contactId
  if (known !== undefined) return known
  if (!parts.ports.contactOf) throw new Refused('Nobody is known by this address here.')
  try {
    return await parts.ports.contactOf(work, mail.from)
  } catch (error) {
    if (error instanceof WireError && error.status < 500) throw new Refused(`The sender's address cannot be a contact's.`)
    throw error
  }
}

const keepFiles = async ({ blobs }: MailInParts, { db, locationId, now }: Work, recordId: string, mail: ReceivedMail) => {
  const urls: string[] = []
  const byCid = new Map<string, string>()
  for (const { content, cid, ...about } of mail.files) {
    const { url } = await blobs.put(db, content, { ...about, locationId, recordId, now })
    urls.push(url)
    if (cid) byCid.set(cid, url)
  }
  return { urls, byCid }
}

const bounced = async (work: Work, { contactId }: MailBox, bounce: Bounce): Promise<void> => {
  const emails = emailsOf(work.db, work.locationId)
  for (const id of bounce.emailIds) {
    const email = await emails.hold(id)
    if (email?.direction !== 'outbound' || (contactId ?? email.contactId) !== email.contactId) continue
    if (email.status === 'failed') return
    const code = Number(/\b5\d\d\b/.exec(bounce.message)?.[0] ?? 550)
    const answer = { accepted: false, again: false, code, message: bounce.message, host: bounce.host, seconds: 0 }
    await settle(work, email, answer, 1)
    return
  }
}

const store = async (parts: MailInParts, work: Work, box: MailBox, mail: ReceivedMail, digest: Buffer): Promise<void> => {
  if (!mail.messageId && !(await receivedMailsOf(work.db, work.locationId).isNew(digest, work.now))) return
  const contactId = await correspondent(parts, work, box, mail)
  // The lock lets a mail that is brought twice at once see itself.
  const { id: conversationId } = await conversationWith(work, contactId, 2)
  if (mail.messageId && (await emailsOf(work.db, work.locationId).byAltId(contactId, mail.messageId))) return
  const answered = await answeredMail(work, contactId, mail.answers)
  const { urls, byCid } = await keepFiles(parts, work, contactId, mail)
  const logged = {
    type: 'Email',
    direction: 'inbound',
    conversationId,
    message: mail.text,
    html: mail.html === undefined ? undefined : withFileLinks(mail.html, byCid),
    subject: mail.subject,
    attachments: urls,
    altId: mail.messageId,
    emailFrom: mailbox(mail.from.name, mail.from.address),
    emailTo: mail.to,
    emailCc: mail.cc,
    emailMessageId: answered?.id,
    source: 'app',
    userId: null,
    automatic: mail.isAutomatic,
  } as const
  await logMessage(work, logged, undefined)
}

/**
 * Keeps a mail in the conversation that its address belongs to, or marks the e-mail failed that it says came back. What was kept
 * before is not kept again: it is known by its Message-ID, for ever, or without one by `digest`, for five days.
 *
 * @throws Refused where it can never be kept
 */
export const receiveMail = async (parts: MailInParts, box: MailBox, mail: ReceivedMail, digest: Buffer): Promise<void> => {
  const { locationId } = box
  const companyId = (await parts.ports.location(locationId))?.companyId
  if (companyId === undefined) throw new Refused('This mailbox is closed.')
  if (mail.isReport && !mail.bounce) return
  if (!mail.isReport && mail.from.address === '') throw new Refused('The mail names no sender.')
  await parts.db.transaction().execute((db) => {
    const work = workIn(parts.ports, { db, locationId, companyId, now: parts.clock.now() }, () => {})
    return mail.bounce ? bounced(work, box, mail.bounce) : store(parts, work, box, mail, digest)
  })
  parts.ports.wake()
}
